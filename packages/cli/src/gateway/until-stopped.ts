/** How long a gateway runs. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Longest time that a timer of Node.js takes, ms; it takes a longer one for 1 ms. */
const longestTimerMs = 2 ** 31 - 1;

/** Resolves when the signal is aborted, or after a time. The wait alone keeps no process alive. */
export async function untilStopped(signal: AbortSignal, seconds: number = Number.POSITIVE_INFINITY): Promise<void> {
  const endMs = performance.now() + 1000 * seconds;
  for (let left = endMs - performance.now(); left > 0 && !signal.aborted; left = endMs - performance.now())
    await sleep(Math.min(left, longestTimerMs), undefined, { signal, ref: false }).catch(() => {});
}
