/** Tasks in parallel over worker threads, results in the order of the tasks. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BenchError } from '../bench-error.js';
import type { Reply, Task, TaskResult } from './worker.js';

/** @throws BenchError with the first failure; the other threads are ended. */
export async function runAll(
  tasks: readonly Task[],
  threads: number,
  onDone: (done: number) => void,
): Promise<TaskResult[]> {
  const results: TaskResult[] = new Array(tasks.length);
  let next = 0;
  let done = 0;
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(new URL('./worker.js', import.meta.url)),
  );
  const work = async (worker: Worker) => {
    while (next < tasks.length) {
      const index = next++;
      worker.postMessage(tasks[index]);
      const [reply] = (await once(worker, 'message')) as [Reply];
      if ('error' in reply) throw new BenchError(reply.error, reply.hint);
      results[index] = reply.result;
      onDone(++done);
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
