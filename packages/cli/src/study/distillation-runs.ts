/** Carries out the distillation study: teachers, then their students. What is finished is kept in a folder and not done again. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DistillationResult,
  type DistillationRun,
  type EvaluationReport,
  recipeOfRun,
  Teacher,
  trainIdentity,
  writeAtomically,
} from '@edgebeat/trainer';
import { identityTrainingInput } from '../train/identity-training.js';
import { trainToFile } from '../train/train-to-file.js';
import { edgebeatVersion } from '../version.js';

export interface DistillationRunsOptions {
  readonly dataDir: string;
  /** For every run its model, `NAME.onnx`, and its result, `NAME.json`. */
  readonly outDir: string;
  /** Trainings at the same time, of one thread each. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Evaluates a model's file by a protocol. */
  readonly judge: (file: string, protocol: string) => Promise<EvaluationReport>;
  /** @param steps of all runs together that are done. */
  readonly onProgress: (steps: number) => void;
}

/** What a result belongs to: another edgebeat may train or judge otherwise. */
interface KeptResult {
  readonly version: string;
  readonly run: DistillationRun;
  readonly report: EvaluationReport;
}

const THREADS = 1;

/** @throws what training and evaluation throw; the signal's reason once it is aborted. */
export async function carryOutDistillation(
  runs: readonly DistillationRun[],
  options: DistillationRunsOptions,
): Promise<DistillationResult[]> {
  await mkdir(options.outDir, { recursive: true });
  const done = runs.map(() => 0);
  const results: DistillationResult[] = [];
  const onStep = (index: number) => (step: number) => {
    done[index] = step;
    options.onProgress(done.reduce((sum, steps) => sum + steps, 0));
  };
  const indices = runs.map((_, index) => index);
  const isTeacher = (index: number) => runs[index]!.model === 'resnet34';
  for (const stage of [indices.filter(isTeacher), indices.filter((index) => !isTeacher(index))]) {
    const lane = async () => {
      for (let index = stage.shift(); index !== undefined; index = stage.shift()) {
        const run = runs[index]!;
        results[index] = { run, report: await carryOut(run, options, onStep(index)) };
      }
    };
    await Promise.all(Array.from({ length: Math.min(options.parallel, stage.length) }, lane));
  }
  return results;
}

async function carryOut(
  run: DistillationRun,
  options: DistillationRunsOptions,
  onStep: (step: number) => void,
): Promise<EvaluationReport> {
  const { outDir, judge } = options;
  const [model, kept] = ['onnx', 'json'].map((ending) => join(outDir, `${run.name}.${ending}`)) as [string, string];
  const earlier = await keptReport(run, kept);
  if (!earlier || !existsSync(model)) {
    // Whatever lies there is of other settings.
    await rm(kept, { force: true });
    await train(run, model, options, onStep);
  }
  onStep(run.steps);
  if (earlier) return earlier;
  const report = await judge(model, run.protocol);
  const result: KeptResult = { version: edgebeatVersion(), run, report };
  await writeAtomically(kept, [new TextEncoder().encode(`${JSON.stringify(result)}\n`)]);
  return report;
}

async function train(
  run: DistillationRun,
  file: string,
  { dataDir, outDir, signal }: DistillationRunsOptions,
  onStep: (step: number) => void,
): Promise<void> {
  const { protocol, seed, steps } = run;
  const request = { dataDir, protocol, seed, steps, threads: THREADS, validation: false };
  const input = await identityTrainingInput(recipeOfRun(run), request);
  const teacher =
    run.teacher === undefined
      ? undefined
      : await Teacher.load(join(outDir, `${run.teacher}.onnx`), { threads: THREADS });
  try {
    const plan = { ...input, ...(teacher && { teacher }) };
    await trainToFile((options) => trainIdentity(plan, options), file, { threads: THREADS, signal, onStep });
  } finally {
    await teacher?.release();
  }
}

/** The report of a run that was carried out before, with the same settings and edgebeat. */
async function keptReport(run: DistillationRun, file: string): Promise<EvaluationReport | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as KeptResult;
    const isSame = kept.version === edgebeatVersion() && JSON.stringify(kept.run) === JSON.stringify(run);
    return isSame ? kept.report : undefined;
  } catch {
    // No file, or one cut short: the run is carried out.
    return undefined;
  }
}
