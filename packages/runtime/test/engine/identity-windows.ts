/** Identity windows as the signal path cuts them: of a person of ECG-ID where the recordings are there, else of a made ECG. */
import { join } from 'node:path';
import { openRecord, SignalPath } from '@edgebeat/ecg';
import { recordingsOf } from '../../../../testing/recordings.js';
import { noise, syntheticEcg } from '../../../../testing/synthetic-ecg.js';

/** The first so many windows, each [3, 300], z-scored. */
export async function identityWindows(count: number): Promise<Float32Array[]> {
  const { rate, samples } = await signal();
  const windows: Float32Array[] = [];
  const path = new SignalPath(
    { milliHertz: rate * 1000, identity: { normalize: 'z-score' } },
    { identityWindow: (window) => windows.push(window.samples.slice()) },
  );
  path.updateAll(samples);
  return windows.slice(0, count);
}

async function signal(): Promise<{ readonly rate: number; readonly samples: Float32Array }> {
  const folder = recordingsOf('ecg-id');
  if (folder !== undefined) return (await openRecord(join(folder, 'Person_01', 'rec_1'))).channels[0]!;
  const { samples } = syntheticEcg({ rate: 250, seconds: 20 });
  const grain = noise(samples.length, 1);
  return { rate: 250, samples: samples.map((value, i) => value + 0.05 * grain[i]!) };
}
