/** For what the generated Makefile compiles, and by which compilers. */

/** Processors whose code and stack are known before anything is compiled. */
export const ARM_TARGETS = ['cortex-m4f', 'cortex-m33', 'cortex-m55'] as const;
export const C_TARGETS = ['portable', ...ARM_TARGETS] as const;
export const OPTIMIZATIONS = ['-O2', '-Os'] as const;

export type ArmTarget = (typeof ARM_TARGETS)[number];
export type CTarget = (typeof C_TARGETS)[number];
export type Optimization = (typeof OPTIMIZATIONS)[number];
/** As the Makefile's COMPILER names it. */
export type CCompiler = 'gcc' | 'clang';

export interface Toolchain {
  readonly name: CCompiler;
  readonly compiler: string;
  readonly archiver: string;
  readonly flags: readonly string[];
}

/** C11, and one rounding for each operation, in the order written: without contraction, or the bits differ. */
export const C_FLAGS = ['-std=c11', '-ffp-contract=off', '-fno-math-errno'] as const;

/** Sections of their own, so that a linker drops what is not called. */
const SECTIONS = ['-ffunction-sections', '-fdata-sections'];

const armGcc = (flags: readonly string[]): Toolchain => ({
  name: 'gcc',
  compiler: 'arm-none-eabi-gcc',
  archiver: 'arm-none-eabi-ar',
  flags: [...flags, '-mthumb', '-mfloat-abi=hard', ...SECTIONS],
});

/** Vectors of the M55 flush denormals, which scalars do not: float code has to be scalar, or its bits differ. */
const M55 = '-mcpu=cortex-m55+nomve.fp';

/** The first is the one that is taken unless told otherwise. */
export const TOOLCHAINS: Readonly<Record<CTarget, readonly [Toolchain, ...Toolchain[]]>> = {
  portable: [{ name: 'gcc', compiler: 'cc', archiver: 'ar', flags: [] }],
  'cortex-m4f': [armGcc(['-mcpu=cortex-m4', '-mfpu=fpv4-sp-d16'])],
  'cortex-m33': [armGcc(['-mcpu=cortex-m33', '-mfpu=fpv5-sp-d16'])],
  'cortex-m55': [
    armGcc([M55]),
    {
      name: 'clang',
      compiler: 'clang-19',
      archiver: 'arm-none-eabi-ar',
      // Objects go together with those of gcc, whose enumerations are short; headers of the C library are Debian's newlib.
      flags: [
        ...['--target=thumbv8.1m.main-none-eabihf', M55, '-mfloat-abi=hard', '-fshort-enums'],
        ...['-isystem', '/usr/include/newlib', ...SECTIONS],
      ],
    },
  ],
};
