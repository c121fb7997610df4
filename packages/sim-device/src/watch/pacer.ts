/** Lets the time of a stream pass as fast as the clock on the wall, or so many times faster. */

/** Longest time that a timer of Node.js takes, ms; it takes a longer one for 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves after so many ms, or at once when the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

const sleepOnTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });

/**
 * Every moment of the stream has its moment on a monotonic clock, counted from the start: what comes late is caught up with,
 * and nothing adds up to a drift.
 */
export class Pacer {
  readonly #speed: number;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #start: number;

  /** @param speed how many times faster than the wall's clock. @param delayMs when the stream's time 0 is, from now. */
  constructor(speed: number, delayMs = 0, now: () => number = () => performance.now(), sleep: Sleep = sleepOnTimer) {
    this.#speed = speed;
    this.#now = now;
    this.#sleep = sleep;
    this.#start = now() + delayMs;
  }

  /** Resolves when a time of the stream, s, has come; or at once when the signal is aborted. */
  async until(seconds: number, signal: AbortSignal): Promise<void> {
    const due = this.#start + (seconds * 1000) / this.#speed;
    // A timer may fire a little early, and does not reach further than 24 days.
    for (let wait = due - this.#now(); wait > 0 && !signal.aborted; wait = due - this.#now()) {
      await this.#sleep(Math.min(wait, LONGEST_TIMER_MS), signal);
    }
  }
}
