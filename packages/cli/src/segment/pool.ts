/** Records in parallel over worker threads, results in the order of the tasks. */
import { Worker } from 'node:worker_threads';
import type { ErrorDescription } from '../errors.js';
import type { SegmentedRecord, SegmentTask } from './segment-record.js';

type Reply = { readonly result: SegmentedRecord } | { readonly failure: ErrorDescription };

/** A failure in a worker, with the hint that came along. */
class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly hint: string;

  constructor({ error, hint }: ErrorDescription) {
    super(error);
    this.hint = hint;
  }
}

/**
 * @param threads how many records at a time, at least one.
 * @param onDone told of every record that is done.
 * @throws the first failure; the other threads are ended.
 */
export async function segmentAll(
  tasks: readonly SegmentTask[],
  threads: number,
  onDone: (done: number, record: string) => void,
): Promise<SegmentedRecord[]> {
  const results: SegmentedRecord[] = new Array(tasks.length);
  let next = 0;
  let done = 0;
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(new URL('./worker.js', import.meta.url)),
  );
  const work = async (worker: Worker) => {
    while (next < tasks.length) {
      const index = next++;
      const reply = await ask(worker, tasks[index]!);
      if ('failure' in reply) throw new WorkerError(reply.failure);
      results[index] = reply.result;
      onDone(++done, reply.result.record);
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function ask(worker: Worker, task: SegmentTask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: Reply) => {
      worker.off('error', reject);
      resolve(reply);
    });
    worker.postMessage(task);
  });
}
