/** What a reference annotation file tells a beat detector's score. */
import { annotationSymbols } from '../records/annotation-symbols.js';
import type { Annotation } from '../records/record.js';
import type { Episode } from './match-beats.js';

export interface ReferenceBeats {
  /** Times of the beats in seconds, ascending. */
  readonly beats: readonly number[];
  /** Episodes of ventricular flutter or fibrillation (`[` to `]`), which EC57 leaves out of beat-by-beat comparison. */
  readonly flutter: readonly Episode[];
}

/**
 * @param annotations in order of time. @param rate samples per second that their positions count.
 * An episode that the file does not end lasts to the end of the record.
 */
export function referenceBeats(annotations: readonly Annotation[], rate: number): ReferenceBeats {
  const beats: number[] = [];
  const flutter: Episode[] = [];
  let from: number | undefined;
  for (const { sample, symbol } of annotations) {
    const time = sample / rate;
    if (annotationSymbols.isBeat(symbol)) beats.push(time);
    else if (symbol === '[') from ??= time;
    else if (symbol === ']' && from !== undefined) {
      flutter.push({ from, to: time });
      from = undefined;
    }
  }
  if (from !== undefined) flutter.push({ from, to: Number.POSITIVE_INFINITY });
  return { beats, flutter };
}
