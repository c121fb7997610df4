/** Watches whose answers firmware gives: on emulated boards, or in WebAssembly. */

import { type EcgSource, FirmwareWatch, type FirmwareWatchReport } from '@edgebeat/sim-device';
import type { BrokerOptions } from '@edgebeat/wire';
import { UsageError } from '../errors.js';
import { firmwareOn } from '../firmware/devices.js';
import type { CommandContext } from '../shell.js';

/** Options of `simulate` that only watches with firmware have. */
export interface FirmwareFlags {
  device: string;
  model?: string;
  firmware?: string;
  publish?: 'answers' | 'ecg' | 'both';
  enroll?: number;
}

export interface FirmwareWatchSettings {
  readonly broker: BrokerOptions;
  readonly rate: number | 'max';
  readonly frameMs: number;
  readonly startTimeUs: number | undefined;
  readonly deviceName: (index: number) => string;
}

/** Windows that make a template at least, as the gateway has it. */
const LEAST_WINDOWS = 5;
const DEFAULT_MODEL = 'deit-micro';

/** @throws UsageError for options that make no sense without firmware. */
export function refuseFirmwareFlags(flags: FirmwareFlags): void {
  for (const name of ['model', 'firmware', 'publish', 'enroll'] as const) {
    if (flags[name] === undefined) continue;
    throw new UsageError(`--${name} is for watches with firmware`, 'add --device qemu:cortex-m55, or --device twin');
  }
}

/** Streams each source by a watch of its own. @returns what each did. */
export async function playFirmwareWatches(
  sources: readonly EcgSource[],
  flags: FirmwareFlags,
  { broker, rate, frameMs, startTimeUs, deviceName }: FirmwareWatchSettings,
  { output, warn, signal }: Pick<CommandContext, 'output' | 'warn' | 'signal'>,
): Promise<FirmwareWatchReport[]> {
  const { device: platform, model = DEFAULT_MODEL, firmware, publish = 'both', enroll } = flags;
  const makeTransport = await firmwareOn(platform, { model, ...(firmware !== undefined && { firmware }) }, (file) =>
    output.note(`simulate: firmware built: ${file}`),
  );
  const watches = sources.map((source, index) => {
    const device = deviceName(index);
    return new FirmwareWatch({
      ...{ device, source, transport: makeTransport(), platform, broker, publish, rate, frameMs },
      settings: {
        ...(startTimeUs !== undefined && { startTimeUs }),
        ...(enroll !== undefined && {
          autoEnrol: { subject: device, goal: { seconds: enroll, windows: LEAST_WINDOWS } },
        }),
      },
      onWarning: (error) => warn(error, device),
    });
  });
  const stopAll = () => {
    for (const watch of watches) watch.stop();
  };
  signal.addEventListener('abort', stopAll, { once: true });
  if (signal.aborted) stopAll();
  else output.note(`simulate: ${watches.length} watches on ${platform} stream to ${broker.url}`);
  try {
    return await Promise.all(watches.map((watch) => watch.play()));
  } catch (error) {
    // One that fails ends all: the others' boards must not stay behind.
    stopAll();
    throw error;
  }
}
