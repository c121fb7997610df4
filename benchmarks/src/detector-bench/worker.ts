/** Worker thread: does the tasks it is sent, one after the other. */
import { parentPort } from 'node:worker_threads';
import { type ScoredRecord, type ScoreTask, scoreRecord } from './score-record.js';
import { judgeSport, type SportCounts, type SportTask } from './sport.js';

export type Task = ScoreTask | SportTask;
export type TaskResult = { readonly scored: ScoredRecord } | { readonly sport: readonly SportCounts[] };
export type Reply = { readonly result: TaskResult } | { readonly error: string; readonly hint: string };

parentPort?.on('message', async (task: Task) => {
  let reply: Reply;
  try {
    const result = task.kind === 'score' ? { scored: await scoreRecord(task) } : { sport: await judgeSport(task) };
    reply = { result };
  } catch (thrown) {
    // Errors lose their hint on the way between threads.
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    reply = { error: error.message, hint: 'hint' in error ? String(error.hint) : '' };
  }
  parentPort!.postMessage(reply);
});
