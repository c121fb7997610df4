/** Boards with an Arm Cortex-M that QEMU emulates, and the firmware's programs on them: firmware-templates/boards. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ArmTarget, TOOLCHAINS } from '@edgebeat/exporter';
import { coreFolder } from './compile-core.js';

export interface Board {
  /** QEMU's name of the machine, and the folder's. */
  readonly name: string;
  readonly processor: string;
  /** As `edgebeat export --target` names the processor. */
  readonly target: ArmTarget;
  /** What the compiler must know of the processor. */
  readonly flags: readonly string[];
}

function boardOf(name: string, processor: string, target: ArmTarget): Board {
  return { name, processor, target, flags: TOOLCHAINS[target][0].flags };
}

export const boards: readonly Board[] = [
  boardOf('mps2-an386', 'Cortex-M4', 'cortex-m4f'),
  boardOf('mps2-an505', 'Cortex-M33', 'cortex-m33'),
  boardOf('mps3-an547', 'Cortex-M55', 'cortex-m55'),
];

export const armCompiler = 'arm-none-eabi-gcc';
export const emulator = 'qemu-system-arm';

/** firmware-templates/boards. */
export const boardsFolder = join(dirname(coreFolder), 'boards');

/** The board's own C files, and the flags that link them and the C library with semihosting. */
export function boardCompilation(board: Board): { programs: string[]; flags: string[] } {
  const common = join(boardsFolder, 'cortex-m');
  const scripts = [join(boardsFolder, board.name, 'memory.ld'), join(common, 'sections.ld')];
  return {
    programs: readdirSync(common)
      .filter((file) => file.endsWith('.c'))
      .map((file) => join(common, file)),
    flags: [
      ...[...board.flags, '-specs=rdimon.specs', '-Wl,--gc-sections'],
      ...scripts.flatMap((script) => ['-T', script]),
    ],
  };
}

/** QEMU's arguments for a program on a board; files that the program names are those of this computer. */
export function emulatorArguments(board: Board, program: string, args: readonly string[]): string[] {
  const semihosting = ['enable=on', 'target=native', ...[program, ...args].map((arg) => `arg=${arg}`)];
  return [
    ...['-M', board.name, '-display', 'none', '-monitor', 'none', '-serial', 'none'],
    ...['-semihosting-config', semihosting.join(','), '-kernel', program],
  ];
}
