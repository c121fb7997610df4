/** Beats that the size of a recording's QRS complexes is measured by. */
import type { Annotation } from '../records/record.js';

/** Conducted from above, with or without a bundle branch block; neither ventricular nor paced nor premature. */
const normal = new Set(['N', 'L', 'R', 'B', 'e', 'j', 'n']);

/** @param rate samples per second that the annotations count. @returns times in seconds. */
export function normalBeats(annotations: readonly Annotation[], rate: number): number[] {
  return annotations.filter(({ symbol }) => normal.has(symbol)).map(({ sample }) => sample / rate);
}
