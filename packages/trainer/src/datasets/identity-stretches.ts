/**
 * Identity windows of parts of records, with the signal they are cut from: training cuts them anew, moved and altered, while
 * evaluation takes them as they are. A record goes once, from its begin, through the causal signal path; a window belongs to a
 * part where all samples of its beats stand in it, so neighbouring parts share none.
 */

import type { Normalization } from '@edgebeat/ecg';
import { bandSignal, beatLead, beatLength, ecgBandDelay, openRecord, sampleRate, segmentChannel } from '@edgebeat/ecg';
import type { DataSetRecord } from './data-set.js';
import { type RecordPart, requirePart, wholeRecord } from './record-part.js';

/** Three consecutive beats in the signal of a stretch. */
export interface PlacedWindow {
  /** First sample of each beat's 300, in the stretch. */
  readonly starts: readonly [number, number, number];
  /** Row-major `[3, 300]`, normalised. */
  readonly samples: Float32Array;
  /** Lowest quality of its beats, 0 to 1. */
  readonly quality: number;
}

/** Signal without a gap in it, and the windows of one part of the record that lie in it. */
export interface IdentityStretch<R extends DataSetRecord = DataSetRecord> {
  readonly record: R;
  /** 0.5–40 Hz, mV, at 250 Hz; reaches from the part's first sample to its last, not normalised. */
  readonly signal: Float32Array;
  /** In order; neighbours begin one beat apart unless `stride` says otherwise. */
  readonly windows: readonly PlacedWindow[];
}

export interface IdentityStretchOptions {
  /** Default the whole record. */
  readonly part?: RecordPart;
  readonly normalize: Normalization;
  /** Beats from one window to the next; default 1, 3 for windows that share none. */
  readonly stride?: number;
}

/**
 * Stretches of a record's first channel that hold a window, in order.
 *
 * @throws RecordError for a record that cannot be read; RateError; DataSetError for what is no part.
 */
export async function identityStretches<R extends DataSetRecord>(
  record: R,
  { part = wholeRecord, normalize, stride = 1 }: IdentityStretchOptions,
): Promise<IdentityStretch<R>[]> {
  requirePart(part);
  const { channels, gaps } = await openRecord(record.path);
  const channel = channels[0]!;
  const milliHertz = Math.round(1000 * channel.rate);
  const partBegin = Math.round(part.from * channel.samples.length);
  const partEnd = Math.round(part.to * channel.samples.length);
  const stretches: IdentityStretch<R>[] = [];
  const segments = segmentChannel(channel, gaps, { identity: { normalize } });
  for (const [index, { firstSample, identityWindows }] of segments.entries()) {
    const runEnd = segments[index + 1]?.firstSample ?? channel.samples.length;
    if (firstSample >= partEnd || runEnd <= partBegin) continue;
    const run = bandSignal(channel.samples.subarray(firstSample, runEnd), milliHertz);
    /** First position at 250 Hz, from the run's begin, that does not stand before a recorded sample. */
    const positionOf = (recorded: number) =>
      Math.max(0, Math.ceil(((recorded - firstSample) * 1000 * sampleRate) / milliHertz));
    const begin = positionOf(partBegin);
    const end = Math.min(run.length, positionOf(partEnd));
    const inside = identityWindows
      .map(({ rPeaks, samples, quality }) => ({
        starts: rPeaks.map((peak) => peak + ecgBandDelay - beatLead - begin) as [number, number, number],
        samples,
        quality,
      }))
      .filter(({ starts }) => starts[0] >= 0 && starts[2] + beatLength <= end - begin);
    const windows = inside.filter((_, i) => i % stride === 0);
    if (windows.length > 0) stretches.push({ record, signal: run.slice(begin, end), windows });
  }
  return stretches;
}
