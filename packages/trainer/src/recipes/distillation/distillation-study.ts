/** What a teacher is worth to `deit-micro`, part by part: which trainings answer that. Plain JSON. */
import { deitRecipe, type IdentityRecipe, resnet34Recipe } from '../identity/identity-recipe.js';
import type { DistillationRecipe } from './distillation-recipe.js';

/** One training, judged by the protocol that it was trained for. */
export interface DistillationRun {
  /** Of its files: `verification-unseen-logits-seed2`. */
  readonly name: string;
  /** What the run is one of several of: `logits`. */
  readonly variant: string;
  readonly protocol: string;
  readonly model: 'resnet34' | 'deit-micro';
  readonly seed: number;
  readonly steps: number;
  /** Name of the run that teaches; none for a teacher, and for a student alone. */
  readonly teacher?: string;
  /** Parts that are learnt from it. */
  readonly parts: readonly (keyof DistillationRecipe)[];
  /** Whether labels are also learnt by triplets. */
  readonly triplet: boolean;
}

export interface DistillationStudyOptions {
  /** Trainings of each student, with the seeds 1, 2, … */
  readonly seeds: number;
  /** Of each student. */
  readonly steps: number;
  /** Of each teacher. */
  readonly teacherSteps: number;
}

/** Strangers across sessions, and the persons of ECG-ID in later records. */
const protocols = ['verification/unseen', 'ecg-id/other-record'];

/** Each adds to the one before it. */
const students: Readonly<Record<string, readonly (keyof DistillationRecipe)[]>> = {
  'no teacher': [],
  logits: ['logits'],
  'logits, features': ['logits', 'features'],
  'logits, features, triplets': ['logits', 'features', 'relations', 'triplets'],
};

/** All trainings, teachers before their students. Students learn from the labels by cross-entropy and triplets in every variant. */
export function distillationStudy({ seeds, steps, teacherSteps }: DistillationStudyOptions): DistillationRun[] {
  return protocols.flatMap((protocol) => {
    const named = (variant: string, seed: number) => ({
      ...{ variant, protocol, seed },
      name: `${protocol} ${variant} seed${seed}`.replaceAll(/[^a-z0-9]+/g, '-'),
    });
    const teacherOf = (variant: string, triplet: boolean): DistillationRun => ({
      ...{ ...named(variant, 1), model: 'resnet34', steps: teacherSteps, triplet, parts: [] },
    });
    const teacher = teacherOf('the teacher', true);
    const plain = teacherOf('the teacher, trained without triplets', false);
    const ofSeed = (seed: number) => [
      ...Object.entries(students).map(([variant, parts]) => studentOf(variant, parts, teacher)(seed)),
      studentOf(
        'logits, features, triplets of the teacher without',
        students['logits, features, triplets']!,
        plain,
      )(seed),
    ];
    const studentOf =
      (variant: string, parts: DistillationRun['parts'], { name }: DistillationRun) =>
      (seed: number): DistillationRun => ({
        ...{ ...named(variant, seed), model: 'deit-micro', steps, triplet: true, parts },
        ...(parts.length > 0 && { teacher: name }),
      });
    return [teacher, plain, ...Array.from({ length: seeds }, (_, index) => ofSeed(index + 1)).flat()];
  });
}

/** The recipe of the protocol with what the run leaves out of it; seed and steps are the run's. */
export function recipeOfRun({ model, protocol, seed, steps, parts, triplet: isKept }: DistillationRun): IdentityRecipe {
  const { triplet, distillation, ...recipe } =
    model === 'resnet34' ? resnet34Recipe(protocol) : deitRecipe(model, protocol, { taught: parts.length > 0 });
  const learnt = Object.fromEntries(
    Object.entries(distillation ?? {}).filter(([part]) => parts.some((one) => one === part)),
  );
  return {
    ...{ ...recipe, seed, steps },
    ...(isKept && triplet && { triplet }),
    ...(parts.length > 0 && { distillation: learnt }),
  };
}
