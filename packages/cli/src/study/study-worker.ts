/** Worker thread: carries out the runs it is sent, one at a time, on a single thread each. */
import { parentPort, workerData } from 'node:worker_threads';
import { runOfStudy } from '@edgebeat/trainer';
import { describeError } from '../errors.js';
import type { StudyReply, StudyTask, StudyWorkerData } from './study-task.js';

const port = parentPort!;
const { dataDir, synthetic }: StudyWorkerData = workerData;
const reply = (message: StudyReply) => port.postMessage(message);

port.on('message', async (run: StudyTask) => {
  try {
    const onProgress = ({ step }: { step: number }) => reply({ step });
    reply({ result: (await runOfStudy(run, { dataDir, synthetic, threads: 1, onProgress }))! });
  } catch (thrown) {
    // Errors lose their hint on the way between threads.
    reply({ failure: describeError(thrown), stack: (thrown as Error).stack });
  }
});
