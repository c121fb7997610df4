/** TensorFlow.js takes long to load: it does so in a thread of its own, while the quantizer is at work. */
import { Worker } from 'node:worker_threads';
import type { Answers } from '@edgebeat/exporter';
import type { TfjsModel } from '@edgebeat/runtime';
import { type ErrorDescription, revivedError } from '../errors.js';

export interface TfjsTask {
  readonly model: TfjsModel;
  readonly windows: readonly Float32Array[];
}

export type TfjsReply =
  | { readonly answers: Answers }
  | { readonly failure: ErrorDescription; readonly stack?: string | undefined };

/** @throws what the engine throws. */
export async function tfjsAnswersApart(model: TfjsModel, windows: readonly Float32Array[]): Promise<Answers> {
  const task: TfjsTask = { model, windows };
  const worker = new Worker(new URL('./tfjs-worker.js', import.meta.url), { workerData: task });
  try {
    const reply = await new Promise<TfjsReply>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', resolve);
    });
    if ('answers' in reply) return reply.answers;
    throw revivedError(reply.failure, reply.stack);
  } finally {
    await worker.terminate();
  }
}
