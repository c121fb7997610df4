/** TensorFlow.js takes long to load: it does so in a thread of its own, while windows are drawn and the quantizer is at work. */
import { Worker } from 'node:worker_threads';
import type { Answers } from '@edgebeat/exporter';
import type { TfjsModel } from '@edgebeat/runtime';
import { type ErrorDescription, revivedError } from '../errors.js';

export type TfjsReply =
  | { readonly answers: Answers }
  | { readonly failure: ErrorDescription; readonly stack?: string | undefined };

/**
 * @param windows may come later: the model is loaded before them.
 * @throws what the engine throws, and where there come no windows.
 */
export async function tfjsAnswersApart(model: TfjsModel, windows: Promise<readonly Float32Array[]>): Promise<Answers> {
  const worker = new Worker(new URL('./tfjs-worker.js', import.meta.url), { workerData: model });
  try {
    const reply = await new Promise<TfjsReply>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', resolve);
      windows.then((drawn) => worker.postMessage(drawn), reject);
    });
    if ('answers' in reply) return reply.answers;
    throw revivedError(reply.failure, reply.stack);
  } finally {
    await worker.terminate();
  }
}
