/** What a signal path reports, as the words that signal-path-host.c writes: float32 values as their bits. */
import { type QualityReason, SignalPath } from '@edgebeat/ecg';
import { BenchError } from '../bench-error.js';
import { millivoltsOf, type Stream } from './stream.js';

export type ResultKind = 'beat' | 'identity' | 'activity' | 'quality' | 'end';

/** One result; `words` without its kind. */
export interface Result {
  readonly kind: ResultKind;
  readonly words: Uint32Array;
}

const kinds: readonly ResultKind[] = ['beat', 'identity', 'activity', 'quality', 'end'];

const reasonBits: Record<QualityReason, number> = { flat: 1, clipped: 2, 'no-beats': 4, noisy: 8, invalid: 16 };

/** Words of a result: integers, then float32 values by their bits. */
function words(integers: readonly number[], floats: ArrayLike<number> = [], ...last: readonly number[]): Uint32Array {
  const values = Float32Array.from(floats);
  return Uint32Array.of(...integers, ...new Uint32Array(values.buffer), ...last);
}

/** The results of packages/ecg, the norm. */
export function referenceResults(stream: Stream): Result[] {
  const results: Result[] = [];
  const path = new SignalPath(stream, {
    beat: ({ rPeak, reportedAt, rr, quality }) =>
      results.push({ kind: 'beat', words: words([rPeak, reportedAt, rr], [quality]) }),
    identityWindow: ({ rPeaks, quality, samples }) =>
      results.push({ kind: 'identity', words: words(rPeaks, [quality, ...samples]) }),
    activityWindow: ({ end, samples }) =>
      results.push({ kind: 'activity', words: words([end, samples.length], samples) }),
    quality: ({ end, sqi, reasons }) => {
      const bits = reasons.reduce((sum, reason) => sum + reasonBits[reason], 0);
      results.push({ kind: 'quality', words: words([end], [sqi], bits) });
    },
  });
  path.updateAll(millivoltsOf(stream));
  path.flush();
  results.push({ kind: 'end', words: words([path.position]) });
  return results;
}

/** Words behind the kind, some of which are told by those before them. */
function wordCount(kind: ResultKind, words: Uint32Array, at: number): number {
  if (kind === 'beat') return 4;
  if (kind === 'identity') return 904;
  if (kind === 'activity') return 2 + words[at + 1]!;
  return kind === 'quality' ? 3 : 1;
}

/**
 * Reads what the core wrote, one list per stream.
 * @param bytes whole words.
 * @throws BenchError for words that are no results.
 */
export function readResults(bytes: Uint8Array): Result[][] {
  const all = new Uint32Array(bytes.slice().buffer);
  const streams: Result[][] = [];
  let results: Result[] = [];
  for (let at = 0; at < all.length; ) {
    const kind = kinds[all[at++]! - 1];
    if (kind === undefined) throw new BenchError(`word ${at - 1} of the core's output is no kind of result`, '');
    const count = wordCount(kind, all, at);
    results.push({ kind, words: all.subarray(at, at + count) });
    at += count;
    if (kind === 'end') {
      streams.push(results);
      results = [];
    }
  }
  return streams;
}
