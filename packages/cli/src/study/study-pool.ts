/** Spreads the runs of a study over threads; a finished run is kept in a file and never done again. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type StudyRun, type StudyRunResult, writeAtomically } from '@edgebeat/trainer';
import { revivedError } from '../errors.js';
import { untilAborted } from '../interruption.js';
import { edgebeatVersion } from '../version.js';
import type { StudyReply, StudyWorkerData } from './study-task.js';

export interface StudyPoolOptions extends StudyWorkerData {
  /** Folder of the results, one file for each run. */
  readonly outDir: string;
  /** Trainings at the same time. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** @param steps of all runs together that are done. */
  readonly onProgress: (steps: number) => void;
}

/**
 * Results of all runs, in their order.
 *
 * @throws what a run throws; the signal's reason once it is aborted: finished runs are kept.
 */
export async function runStudy(runs: readonly StudyRun[], options: StudyPoolOptions): Promise<StudyRunResult[]> {
  await mkdir(options.outDir, { recursive: true });
  const results = await Promise.all(runs.map((run) => keptResult(run, options)));
  const waiting = runs.map((_, index) => index).filter((index) => !results[index]);
  const stepsOf = runs.map(({ recipe }, index) => (results[index] ? recipe.steps : 0));
  const report = () => options.onProgress(stepsOf.reduce((sum, steps) => sum + steps, 0));
  report();
  const lane = async () => {
    let worker: Worker | undefined;
    try {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const { dataDir, synthetic } = options;
        worker ??= new Worker(new URL('./study-worker.js', import.meta.url), { workerData: { dataDir, synthetic } });
        const at = index;
        const onStep = (step: number) => {
          stepsOf[at] = step;
          report();
        };
        const result = await untilAborted(carryOut(worker, runs[at]!, onStep), options.signal);
        results[at] = result;
        await keep(result, options);
      }
    } finally {
      await worker?.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.parallel, waiting.length) }, lane));
  return results as StudyRunResult[];
}

function carryOut(worker: Worker, run: StudyRun, onStep: (step: number) => void): Promise<StudyRunResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: StudyReply) => {
      if ('step' in reply) {
        onStep(reply.step);
        return;
      }
      worker.off('message', onMessage);
      worker.off('error', reject);
      if ('result' in reply) resolve(reply.result);
      else reject(revivedError(reply.failure, reply.stack));
    };
    worker.on('message', onMessage);
    worker.once('error', reject);
    worker.postMessage(run);
  });
}

interface KeptResult {
  /** Of edgebeat: another one may train or judge otherwise. */
  readonly version: string;
  readonly dataDir: string;
  readonly result: StudyRunResult;
}

/** The result of a run that was carried out before, with the same settings, recordings and edgebeat. */
async function keptResult(run: StudyRun, { outDir, dataDir }: StudyPoolOptions): Promise<StudyRunResult | undefined> {
  try {
    const kept = JSON.parse(await readFile(fileOf(run, outDir), 'utf8')) as KeptResult;
    const isSame = kept.version === edgebeatVersion() && kept.dataDir === dataDir;
    return isSame && JSON.stringify(kept.result.run) === JSON.stringify(run) ? kept.result : undefined;
  } catch {
    // No file, or one cut short: the run is carried out.
    return undefined;
  }
}

async function keep(result: StudyRunResult, { outDir, dataDir }: StudyPoolOptions): Promise<void> {
  const kept: KeptResult = { version: edgebeatVersion(), dataDir, result };
  await writeAtomically(fileOf(result.run, outDir), [new TextEncoder().encode(JSON.stringify(kept))]);
}

function fileOf({ name }: StudyRun, outDir: string): string {
  return join(outDir, `${name}.json`);
}
