/** Spreads the runs of a study over threads; a finished run is kept in a file and never done again. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StudyRun, StudyRunResult } from '@edgebeat/trainer';
import { untilAborted } from '../interruption.js';
import type { StudyReply, StudyWorkerData } from './study-task.js';

export interface StudyPoolOptions extends StudyWorkerData {
  /** Folder of the results, one file for each run. */
  readonly outDir: string;
  readonly threads: number;
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
  const results = await Promise.all(runs.map((run) => keptResult(run, options.outDir)));
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
        await keep(result, options.outDir);
      }
    } finally {
      await worker?.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.threads, waiting.length) }, lane));
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
      else {
        const error = Object.assign(new Error(reply.failure.error), { hint: reply.failure.hint });
        if (reply.stack !== undefined) error.stack = reply.stack;
        reject(error);
      }
    };
    worker.on('message', onMessage);
    worker.once('error', reject);
    worker.postMessage(run);
  });
}

/** The result of a run that was carried out before with the very same settings. */
async function keptResult(run: StudyRun, outDir: string): Promise<StudyRunResult | undefined> {
  try {
    const kept = JSON.parse(await readFile(fileOf(run, outDir), 'utf8')) as StudyRunResult;
    return JSON.stringify(kept.run) === JSON.stringify(run) ? kept : undefined;
  } catch {
    // No file, or one cut short: the run is carried out.
    return undefined;
  }
}

async function keep(result: StudyRunResult, outDir: string): Promise<void> {
  const file = fileOf(result.run, outDir);
  await writeFile(`${file}.part`, JSON.stringify(result));
  await rename(`${file}.part`, file);
}

function fileOf({ name }: StudyRun, outDir: string): string {
  return join(outDir, `${name}.json`);
}
