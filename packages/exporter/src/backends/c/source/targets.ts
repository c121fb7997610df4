/** For what the Makefile compiles. */

export const C_TARGETS = ['portable', 'cortex-m4f', 'cortex-m55'] as const;

export type CTarget = (typeof C_TARGETS)[number];

export interface Toolchain {
  readonly compiler: string;
  readonly archiver: string;
  readonly flags: readonly string[];
}

const BARE_METAL = ['-ffreestanding', '-ffunction-sections', '-fdata-sections'];

export const TOOLCHAINS: Readonly<Record<CTarget, Toolchain>> = {
  portable: { compiler: 'cc', archiver: 'ar', flags: ['-O3'] },
  'cortex-m4f': {
    compiler: 'arm-none-eabi-gcc',
    archiver: 'arm-none-eabi-ar',
    flags: ['-O2', '-mcpu=cortex-m4', '-mthumb', '-mfpu=fpv4-sp-d16', '-mfloat-abi=hard', ...BARE_METAL],
  },
  // Vectors of the M55 flush denormals, which scalars do not: float code has to be scalar, or its bits differ.
  'cortex-m55': {
    compiler: 'clang',
    archiver: 'llvm-ar',
    flags: [
      '-O3',
      '--target=thumbv8.1m.main-none-eabihf',
      '-march=armv8.1-m.main+mve+fp.dp+nomve.fp',
      '-mfloat-abi=hard',
      ...BARE_METAL,
    ],
  },
};
