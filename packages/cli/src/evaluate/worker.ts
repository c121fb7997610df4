/** Worker thread: evaluates the model it is started with, tells its progress, then its report. */
import { parentPort, workerData } from 'node:worker_threads';
import { evaluate } from '@edgebeat/trainer';
import { describeError } from '../errors.js';
import type { EvaluationReply, EvaluationTask } from './evaluate-apart.js';
import { openRunner } from './open-runner.js';

const port = parentPort!;
const { model, ...options }: EvaluationTask = workerData;
const reply = (message: EvaluationReply) => port.postMessage(message);

try {
  const onProgress = ({ done, total }: { done: number; total: number }) => reply({ done, total });
  reply({ report: await evaluate(model, { ...options, onProgress, open: openRunner }) });
} catch (thrown) {
  // Errors lose their hint on the way between threads.
  reply({ failure: describeError(thrown), stack: (thrown as Error).stack });
}
