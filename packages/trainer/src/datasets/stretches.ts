/**
 * Activity windows of parts of records, for training and evaluation alike. A record goes once, from its begin, through the
 * causal signal path, which starts anew after every gap; the parts are cut from what comes out. So the filter's memory (and, for
 * 16 ms, the resampler's look ahead) reaches across a cut, as it would on a watch, but no window does.
 */
import { bandSignal, normalize, openRecord, sampleRate } from '@edgebeat/ecg';
import type { DataSetRecord } from './data-set.js';
import { DataSetError } from './data-set-error.js';
import { type RecordPart, requirePart, wholeRecord } from './record-part.js';

/** Signal without a gap in it, inside one part of a record. */
export interface SignalStretch<R extends DataSetRecord = DataSetRecord> {
  /** With subject, electrode and activity, for `KalouskovaRecord`. */
  readonly record: R;
  /** 0.5–40 Hz, mV, at 250 Hz; not normalised. */
  readonly samples: Float32Array;
  /**
   * Where `samples[0]` stands, in recorded samples from the begin of the record, gaps not counted; a fraction, as 250 Hz is not
   * the recorder's rate.
   */
  readonly recordedAt: number;
  /** Recorded samples from one of `samples` to the next. */
  readonly recordedStep: number;
  /** Position of `samples[0]` at 250 Hz since the signal path started (with the record, or after a gap). */
  readonly position: number;
}

export interface CutOptions {
  /** Samples of a window at 250 Hz, at least 1. */
  readonly length: number;
  /** Samples from one window to the next, at least 1; `length` for windows that touch and do not overlap. */
  readonly hop: number;
}

export interface CutWindow {
  /** `[length]`, mean 0 and standard deviation 1; zeros for a constant signal. */
  readonly samples: Float32Array;
  /** Index of its first sample in the stretch. */
  readonly start: number;
}

/**
 * The signal of a part of a record's first channel, one stretch for every run without a gap, in order. A sample belongs to the
 * part in which it stands; the cut falls between recorded samples, and neighbouring parts share none.
 *
 * @throws RecordError for a record that cannot be read; RateError; DataSetError for what is no part.
 */
export async function signalStretches<R extends DataSetRecord>(
  record: R,
  part: RecordPart = wholeRecord,
): Promise<SignalStretch<R>[]> {
  requirePart(part);
  const { channels, gaps } = await openRecord(record.path);
  const { samples, rate } = channels[0]!;
  const milliHertz = Math.round(1000 * rate);
  const partBegin = Math.round(part.from * samples.length);
  const partEnd = Math.round(part.to * samples.length);
  const recordedStep = milliHertz / (1000 * sampleRate);
  const bounds = [0, ...gaps.map(({ beforeSample }) => beforeSample), samples.length];
  const stretches: SignalStretch<R>[] = [];
  for (let i = 1; i < bounds.length; i++) {
    const [runBegin, runEnd] = [bounds[i - 1]!, bounds[i]!];
    if (runBegin >= partEnd || runEnd <= partBegin) continue;
    const signal = bandSignal(samples.subarray(runBegin, runEnd), milliHertz);
    /** First position at 250 Hz that does not stand before a recorded sample. */
    const positionOf = (recorded: number) =>
      Math.max(0, Math.ceil(((recorded - runBegin) * 1000 * sampleRate) / milliHertz));
    const position = positionOf(partBegin);
    const inside = signal.slice(position, positionOf(partEnd));
    if (inside.length === 0) continue;
    stretches.push({
      record,
      samples: inside,
      recordedAt: runBegin + position * recordedStep,
      recordedStep,
      position,
    });
  }
  return stretches;
}

/**
 * All windows that fit into a stretch, from its first sample on, each z-scored. They are, bit for bit, what the signal path
 * gives as activity windows at the same place.
 *
 * @throws DataSetError for a length or hop that is no whole number from 1 on.
 */
export function cutWindows({ samples }: Pick<SignalStretch, 'samples'>, { length, hop }: CutOptions): CutWindow[] {
  if (!(Number.isInteger(length) && length > 0 && Number.isInteger(hop) && hop > 0)) {
    throw new DataSetError(
      `windows of ${length} samples cannot be cut every ${hop} samples`,
      'Both are whole numbers from 1 on.',
    );
  }
  const windows: CutWindow[] = [];
  for (let start = 0; start + length <= samples.length; start += hop) {
    const window = samples.slice(start, start + length);
    normalize(window, 'z-score');
    windows.push({ samples: window, start });
  }
  return windows;
}
