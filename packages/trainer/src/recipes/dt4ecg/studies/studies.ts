/** The studies of DT4ECG: which trainings each consists of. */
import { kalouskovaElectrodes } from '../../../datasets/kalouskova.js';
import { type RecordPart, wholeRecord } from '../../../datasets/record-part.js';
import { type Dt4EcgRecipe, dt4ecgRecipe } from '../dt4ecg-recipe.js';
import type { StudyRun } from './study-run.js';

export interface Study {
  readonly name: string;
  readonly description: string;
  /** Whether the variants test different windows, so that their figures can be taken together. */
  readonly pools: boolean;
  /** @param persons of the data set. @param options what all runs share. */
  readonly runs: (persons: readonly string[], options: StudyOptions) => StudyRun[];
}

export interface StudyOptions {
  /** Trainings of each variant, with the seeds 1, 2, … */
  readonly seeds: number;
  /** Steps of each training. */
  readonly steps: number;
}

/**
 * What is left out of DT4ECG, one thing at a time. The single tasks have nothing to balance.
 */
const variants: Readonly<Record<string, (recipe: Dt4EcgRecipe) => Dt4EcgRecipe>> = {
  'attention, GradNorm': (recipe) => recipe,
  'attention, fixed weights': withoutGradNorm,
  'no attention, GradNorm': (recipe) => ({ ...recipe, attention: false }),
  'no attention, fixed weights': (recipe) => withoutGradNorm({ ...recipe, attention: false }),
  'identity alone': (recipe) => ({ ...recipe, tasks: ['identity'] }),
  'activity alone': (recipe) => ({ ...recipe, tasks: ['activity'] }),
};

const ablation: Study = {
  name: 'ablation',
  pools: false,
  description: 'with and without attention and GradNorm, and each task alone, by kalouskova/time-split',
  runs: (_, options) =>
    Object.entries(variants).flatMap(([variant, change]) =>
      seedsOf(options).map((seed) => ({
        ...runOf(variant, seed, change(recipeOf(options, seed))),
        protocol: 'kalouskova/time-split',
      })),
    ),
};

const leaveOnePersonOut: Study = {
  name: 'leave-one-person-out',
  pools: true,
  description: 'activity of persons of whom nothing was trained on, each in turn, by kalouskova/unseen-person',
  runs: (persons, options) =>
    persons.flatMap((person) =>
      seedsOf(options).map((seed) => ({
        ...runOf(`person ${person}`, seed, recipeOf(options, seed, wholeRecord)),
        exclude: { persons: [person] },
        protocol: 'kalouskova/unseen-person',
      })),
    ),
};

const leaveOneElectrodeOut: Study = {
  name: 'leave-one-electrode-out',
  pools: true,
  description: 'identity and activity with electrodes that were not trained on, by kalouskova/unseen-electrode',
  runs: (_, options) =>
    Object.keys(kalouskovaElectrodes).flatMap((electrode) =>
      seedsOf(options).map((seed) => ({
        ...runOf(`electrode ${electrode}`, seed, recipeOf(options, seed, wholeRecord)),
        exclude: { electrodes: [electrode] },
        protocol: 'kalouskova/unseen-electrode',
      })),
    ),
};

/** By name. */
export const dt4ecgStudies: ReadonlyMap<string, Study> = new Map(
  [ablation, leaveOnePersonOut, leaveOneElectrodeOut].map((study) => [study.name, study]),
);

function withoutGradNorm({ gradNormAlpha: _, ...recipe }: Dt4EcgRecipe): Dt4EcgRecipe {
  return recipe;
}

function recipeOf({ steps }: StudyOptions, seed: number, trainPart: RecordPart = dt4ecgRecipe.trainPart): Dt4EcgRecipe {
  return { ...dt4ecgRecipe, steps, seed, trainPart };
}

function seedsOf({ seeds }: StudyOptions): number[] {
  return Array.from({ length: seeds }, (_, index) => index + 1);
}

function runOf(variant: string, seed: number, recipe: Dt4EcgRecipe): Omit<StudyRun, 'protocol'> {
  const name = `${variant.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}-seed${seed}`;
  return { name, variant, recipe, exclude: {} };
}
