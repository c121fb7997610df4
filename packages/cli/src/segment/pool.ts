/** Records in parallel over worker threads, results in the order of the tasks. */
import { Worker } from 'node:worker_threads';
import type { ErrorDescription } from '../errors.js';
import { untilAborted } from '../interruption.js';
import type { SegmentedRecord, SegmentTask } from './segment-record.js';

type Reply = { readonly result: SegmentedRecord } | { readonly failure: ErrorDescription };

/** A record that could not be segmented. */
export interface FailedRecord {
  readonly path: string;
  readonly error: string;
  readonly hint: string;
}

export interface PoolOptions {
  /** How many records at a time, at least one. */
  readonly threads: number;
  /** Told of every record that is done. */
  readonly onDone: (done: number, path: string) => void;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

/** @throws the signal's reason once it is aborted, or when a worker dies; the other threads are ended. */
export async function segmentAll(
  tasks: readonly SegmentTask[],
  { threads, onDone, signal }: PoolOptions,
): Promise<{ records: SegmentedRecord[]; failed: FailedRecord[] }> {
  const replies: Reply[] = new Array(tasks.length);
  let next = 0;
  let done = 0;
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(new URL('./worker.js', import.meta.url)),
  );
  const work = async (worker: Worker) => {
    while (next < tasks.length) {
      const index = next++;
      const task = tasks[index]!;
      replies[index] = await ask(worker, task);
      onDone(++done, task.path);
    }
  };
  try {
    await untilAborted(Promise.all(workers.map(work)), signal);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return {
    records: replies.flatMap((reply) => ('result' in reply ? [reply.result] : [])),
    failed: replies.flatMap((reply, index) => {
      if ('result' in reply) return [];
      const { error, hint } = reply.failure;
      return [{ path: tasks[index]!.path, error, hint }];
    }),
  };
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
