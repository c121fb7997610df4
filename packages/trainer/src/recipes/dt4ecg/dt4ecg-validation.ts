/** How well a DT4ECG model does on windows that did not train it. */
import { encodeModel, type Model } from '@edgebeat/graph';
import * as ort from 'onnxruntime-node';
import { cutWindows } from '../../datasets/stretches.js';
import { RecipeError } from '../../recipe-error.js';
import type { LabelledStretch } from './activity-examples.js';
import type { Dt4EcgTask } from './dt4ecg-recipe.js';

/** Windows of a run; with it, results do not depend on how many there are. */
const BATCH = 64;

export interface ValidationOptions {
  readonly tasks: readonly Dt4EcgTask[];
  /** Samples of a window; windows touch and do not overlap. */
  readonly length: number;
  readonly threads: number;
}

/**
 * Share of the windows of which each task's highest score is that of the true class.
 *
 * @throws RecipeError where no stretch holds a window.
 */
export async function classificationRates(
  model: Model,
  stretches: readonly LabelledStretch[],
  { tasks, length, threads }: ValidationOptions,
): Promise<Record<Dt4EcgTask, number>> {
  const windows = stretches.flatMap((stretch) =>
    cutWindows(stretch, { length, hop: length }).map(({ samples }) => ({ samples, stretch })),
  );
  if (windows.length === 0) {
    throw new RecipeError(
      `none of the ${stretches.length} stretches to validate on holds a window of ${length} samples`,
      'Validate on longer parts of the recordings, or on shorter windows.',
    );
  }
  const hits = { identity: 0, activity: 0 };
  const session = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    for (let first = 0; first < windows.length; first += BATCH) {
      const part = windows.slice(first, first + BATCH);
      const signal = new Float32Array(part.length * length);
      for (const [row, { samples }] of part.entries()) signal.set(samples, row * length);
      const outputs = await session.run({ signal: new ort.Tensor('float32', signal, [part.length, 1, length]) });
      for (const task of tasks) {
        const { data, dims } = outputs[task]!;
        const classes = dims[1]!;
        part.forEach(({ stretch }, row) => {
          const scores = (data as Float32Array).subarray(row * classes, (row + 1) * classes);
          if (scores.indexOf(Math.max(...scores)) === stretch[task]) hits[task]++;
        });
      }
    }
  } finally {
    await session.release();
  }
  return { identity: hits.identity / windows.length, activity: hits.activity / windows.length };
}
