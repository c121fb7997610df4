/** Types of system-packages.mjs, for the tests. */
export type SystemProgram =
  | 'mosquitto'
  | 'chromium'
  | 'cc'
  | 'cppcheck'
  | 'arm-none-eabi-gcc'
  | 'clang'
  | 'qemu-system-arm'
  | 'emcc'
  | 'dtc';
export const systemPackages: readonly {
  program: SystemProgram;
  binaries: readonly string[];
  packages: readonly string[];
  why: string;
}[];
export function findProgram(program: SystemProgram): string | undefined;
