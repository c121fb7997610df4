/** Worker thread: what the TensorFlow.js model that it is started with answers to the windows that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { createTfjs, type TfjsModel } from '@edgebeat/runtime';
import { describeError } from '../errors.js';
import { engineAnswers } from './engine-answers.js';
import type { TfjsReply } from './tfjs-answers-apart.js';

const port = parentPort!;
const model: TfjsModel = workerData;
const windows = new Promise<readonly Float32Array[]>((resolve) => port.once('message', resolve));
const reply = (message: TfjsReply) => port.postMessage(message);

try {
  reply({ answers: await engineAnswers(createTfjs(), model, windows, () => {}) });
} catch (thrown) {
  // Errors lose their hint on the way between threads.
  reply({ failure: describeError(thrown), stack: (thrown as Error).stack });
}
