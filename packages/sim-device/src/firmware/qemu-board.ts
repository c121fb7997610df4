/** A board with an Arm Cortex-M that QEMU emulates, running a firmware of firmware-templates/boards/watch. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { FirmwareError } from './firmware-error.js';
import type { FirmwareTransport } from './firmware-link.js';

/** Processors that QEMU has a board for, by what `--device qemu:NAME` calls them. */
export const qemuBoards = { 'cortex-m4f': 'mps2-an386', 'cortex-m55': 'mps3-an547' } as const;
export type QemuProcessor = keyof typeof qemuBoards;

export const qemuProgram = 'qemu-system-arm';

export class QemuBoard implements FirmwareTransport {
  readonly #processor: QemuProcessor;
  readonly #firmware: string;
  readonly #program: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** @param firmware path of an ELF file. @param program QEMU's, where it is another one. */
  constructor(processor: QemuProcessor, firmware: string, program: string = qemuProgram) {
    this.#processor = processor;
    this.#firmware = firmware;
    this.#program = program;
  }

  open(onBytes: (bytes: Uint8Array) => void, onEnd: (error?: Error) => void): void {
    const process = spawn(this.#program, emulatorArguments(this.#processor, this.#firmware), {
      stdio: 'pipe',
      // Ctrl-C is for this process, which ends the firmware in good order. The board ends by itself where its input does.
      detached: true,
    });
    this.#process = process;
    let complaint = '';
    let failure: Error | undefined;
    process.on('error', (error: NodeJS.ErrnoException) => {
      failure =
        error.code === 'ENOENT'
          ? new FirmwareError(
              `${this.#program} is not installed`,
              'On Debian and Ubuntu: apt-get install qemu-system-arm.',
            )
          : new FirmwareError(`${this.#program} cannot be run: ${error.message}`, 'Look at its installation.');
    });
    // A board that has ended takes no more bytes; how it ended is told by its end.
    process.stdin.on('error', () => {});
    process.stdout.on('data', onBytes);
    process.stderr.on('data', (text) => {
      complaint = `${complaint}${text}`.slice(-1000);
    });
    this.#ended = new Promise((resolve) => {
      process.on('close', (status, signal) => {
        onEnd(failure ?? this.#failureOf(status ?? signal, complaint.trim()));
        resolve();
      });
    });
  }

  write(bytes: Uint8Array): void {
    this.#process?.stdin.write(bytes);
  }

  /** The firmware ends the emulator by itself. */
  close(): Promise<void> {
    return this.#ended;
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  #failureOf(status: number | NodeJS.Signals | null, complaint: string): Error | undefined {
    if (status === 0) return undefined;
    const why = complaint === '' ? `ended with ${status}` : complaint.split('\n').at(-1)!;
    return new FirmwareError(
      `the firmware on ${qemuBoards[this.#processor]}: ${why}`,
      'Check that it was built for this board, from firmware-templates/boards/watch.',
    );
  }
}

/** Every instruction takes the same time of the board, so that its timer counts instructions (`-icount`). */
function emulatorArguments(processor: QemuProcessor, firmware: string): string[] {
  return [
    ...['-M', qemuBoards[processor], '-kernel', firmware, '-icount', 'shift=10', '-display', 'none'],
    ...['-monitor', 'none', '-serial', 'none', '-semihosting-config', 'enable=on,target=native'],
  ];
}
