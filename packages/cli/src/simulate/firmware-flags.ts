/** What `edgebeat simulate` may be told of watches with firmware. */
import { qemuBoards } from '@edgebeat/sim-device';
import { UsageError } from '../errors.js';

/** Where the firmware of a simulated watch runs, as `--device` names it; `twin`: compiled to WebAssembly. */
export const firmwareDevices: readonly string[] = ['twin', ...Object.keys(qemuBoards).map((name) => `qemu:${name}`)];

/** Options of `simulate` that only watches with firmware have. */
export interface FirmwareFlags {
  device: string;
  model?: string;
  firmware?: string;
  publish?: 'answers' | 'ecg' | 'both';
  enroll?: number;
}

/** @throws UsageError for options that make no sense without firmware. */
export function refuseFirmwareFlags(flags: FirmwareFlags): void {
  for (const name of ['model', 'firmware', 'publish', 'enroll'] as const) {
    if (flags[name] === undefined) continue;
    throw new UsageError(`--${name} is for watches with firmware`, 'add --device qemu:cortex-m55, or --device twin');
  }
}
