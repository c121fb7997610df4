/** Watches whose answers firmware gives: on emulated boards, or in WebAssembly. */

import { type EcgSource, ENROLMENT, FirmwareWatch, type FirmwareWatchReport } from '@edgebeat/sim-device';
import type { BrokerOptions } from '@edgebeat/wire';
import { firmwareOn } from '../firmware/devices.js';
import type { CommandContext } from '../shell.js';
import type { FirmwareFlags } from './firmware-flags.js';

export interface FirmwareWatchSettings {
  readonly broker: BrokerOptions;
  readonly rate: number | 'max';
  readonly frameMs: number;
  readonly startTimeUs: number | undefined;
  readonly deviceName: (index: number) => string;
}

const DEFAULT_MODEL = 'deit-micro';

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
          autoEnrol: { subject: device, goal: { ...ENROLMENT, seconds: enroll } },
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
