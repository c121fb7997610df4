/** One training of a study, and what it came to; plain JSON, so that runs can be spread over threads and kept in files. */
import { loadNoise } from '../../../augment/load-noise.js';
import { kalouskovaActivities } from '../../../datasets/kalouskova.js';
import { evaluate } from '../../../evaluate.js';
import type { TrainingProgress } from '../../../loop/training.js';
import type { ClassificationReport } from '../../../report/evaluation-report.js';
import { type AnonymousRecording, anonymousStretch } from '../activity-examples.js';
import { loadDt4EcgData } from '../dt4ecg-data.js';
import type { Dt4EcgRecipe } from '../dt4ecg-recipe.js';
import { trainDt4Ecg } from '../train-dt4ecg.js';

export interface StudyRun {
  /** Of the file that keeps its result: `without-attention-seed2`. */
  readonly name: string;
  /** What the run is one of several of, for the summary: `without attention`. */
  readonly variant: string;
  readonly recipe: Dt4EcgRecipe;
  /** Left out of the training. */
  readonly exclude: { readonly persons?: readonly string[]; readonly electrodes?: readonly string[] };
  /** By which the trained model is judged. */
  readonly protocol: string;
}

export interface StudyRunResult {
  readonly run: StudyRun;
  readonly report: ClassificationReport;
}

export interface StudyRunOptions {
  /** Folder that holds the recordings. */
  readonly dataDir: string;
  /** For recipes with synthetic examples. */
  readonly synthetic: readonly AnonymousRecording[];
  readonly threads: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains and judges.
 *
 * @returns undefined when the signal stopped it.
 * @throws RecipeError, TrainingError, DataSetError, ProtocolError: each names what is at fault and has a hint.
 */
export async function runOfStudy(run: StudyRun, options: StudyRunOptions): Promise<StudyRunResult | undefined> {
  const { recipe, exclude } = run;
  const { dataDir, threads, onProgress, signal } = options;
  const data = await loadDt4EcgData(dataDir, {
    trainPart: recipe.trainPart,
    isIncluded: ({ subject, electrode }) =>
      !exclude.persons?.includes(subject) && !exclude.electrodes?.includes(electrode),
  });
  const trained = await trainDt4Ecg(
    {
      recipe,
      data,
      synthetic: options.synthetic.map((recording) => anonymousStretch(recording, kalouskovaActivities)),
      noises: recipe.augmentation.recordedNoise ? { ...(await loadNoise(dataDir)) } : {},
      threads,
    },
    { threads, ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) },
  );
  if (!trained.isComplete) return undefined;
  const report = await evaluate(trained.bytes, { protocol: run.protocol, dataDir, threads });
  return { run, report: report as ClassificationReport };
}
