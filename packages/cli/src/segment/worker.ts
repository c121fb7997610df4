/** Worker thread: segments the records it is sent, one after the other. */
import { parentPort } from 'node:worker_threads';
import { describeError } from '../errors.js';
import { type SegmentTask, segmentRecord } from './segment-record.js';

parentPort!.on('message', async (task: SegmentTask) => {
  try {
    parentPort!.postMessage({ result: await segmentRecord(task) });
  } catch (thrown) {
    // Errors lose their hint on the way between threads.
    parentPort!.postMessage({ failure: describeError(thrown) });
  }
});
