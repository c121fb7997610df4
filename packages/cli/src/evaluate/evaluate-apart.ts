/** An evaluation in a thread of its own: its intervals take long, and meanwhile Ctrl-C is to be heard. */
import { Worker } from 'node:worker_threads';
import type { EvaluationReport, TestNoise } from '@edgebeat/trainer';
import { type ErrorDescription, revivedError } from '../errors.js';
import { untilAborted } from '../interruption.js';

export interface EvaluationTask {
  /** Path of an `.onnx` or `.wasm` file, or its bytes. */
  readonly model: string | Uint8Array;
  readonly protocol: string;
  readonly dataDir: string;
  readonly seed: number;
  readonly resamples?: number;
  /** On what tests or probes. */
  readonly noise?: TestNoise;
}

/** What the thread tells: progress, and in the end either a report or a failure. */
export type EvaluationReply =
  | { readonly done: number; readonly total: number }
  | { readonly report: EvaluationReport }
  | { readonly failure: ErrorDescription; readonly stack?: string };

export interface EvaluationControl {
  readonly onProgress: (done: number, total: number) => void;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

/** @throws what the evaluation throws; the signal's reason once it is aborted. */
export async function evaluateApart(
  task: EvaluationTask,
  { onProgress, signal }: EvaluationControl,
): Promise<EvaluationReport> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  const report = new Promise<EvaluationReport>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (reply: EvaluationReply) => {
      if ('report' in reply) resolve(reply.report);
      else if ('failure' in reply) reject(revivedError(reply.failure, reply.stack));
      else onProgress(reply.done, reply.total);
    });
  });
  try {
    return await untilAborted(report, signal);
  } finally {
    await worker.terminate();
  }
}
