/** For what the Makefile compiles. */

export const C_TARGETS = ['portable', 'cortex-m4f', 'cortex-m55'] as const;

export type CTarget = (typeof C_TARGETS)[number];

export interface Toolchain {
  readonly compiler: string;
  readonly archiver: string;
  readonly flags: readonly string[];
}

/** Sections of their own, so that a linker drops what is not called. */
const ARM = ['-O2', '-mthumb', '-mfloat-abi=hard', '-ffunction-sections', '-fdata-sections'];

export const TOOLCHAINS: Readonly<Record<CTarget, Toolchain>> = {
  portable: { compiler: 'cc', archiver: 'ar', flags: ['-O3'] },
  'cortex-m4f': {
    compiler: 'arm-none-eabi-gcc',
    archiver: 'arm-none-eabi-ar',
    flags: ['-mcpu=cortex-m4', '-mfpu=fpv4-sp-d16', ...ARM],
  },
  // Vectors of the M55 flush denormals, which scalars do not: float code has to be scalar, or its bits differ.
  'cortex-m55': {
    compiler: 'arm-none-eabi-gcc',
    archiver: 'arm-none-eabi-ar',
    flags: ['-mcpu=cortex-m55+nomve.fp', ...ARM],
  },
};
