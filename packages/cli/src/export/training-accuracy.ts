/** How often a model is right about windows of the recordings that it was trained on: no figure to publish, but one that shows a loss. */
import type { Answers } from '@edgebeat/exporter';
import type { ModelMetadata } from '@edgebeat/graph';

/** Output and the class that it should name, of one window; by the names that its record goes by. */
export type ClassLabels = readonly string[];

/** What the figure is called. */
export const TRAINING_METRIC = 'accuracy on training recordings';

/**
 * Share of windows about which every output with classes names the right one. Windows that no class of an output stands for (others
 * than the model knows) are passed over.
 *
 * @param answers by output, one row for each window. @param labels of the same windows; more may follow.
 * @returns null where there is nothing to be right about.
 */
export function trainingAccuracy(
  answers: Answers,
  labels: readonly ClassLabels[],
  { classes = {} }: ModelMetadata,
): number | null {
  const judged = [...answers].flatMap(([output, rows]) => {
    const names = classes[output] ?? (output === 'logits' ? classes.identity : undefined);
    return names === undefined ? [] : [{ rows, names }];
  });
  const right = labels.flatMap((its, window) => {
    const verdicts = judged.flatMap(({ rows, names }) => {
      const wanted = names.findIndex((name) => its.includes(name));
      const row = rows[window];
      return row === undefined || wanted < 0 ? [] : [row.indexOf(Math.max(...row)) === wanted];
    });
    return verdicts.length === 0 ? [] : [verdicts.every(Boolean)];
  });
  return right.length === 0 ? null : right.filter(Boolean).length / right.length;
}
