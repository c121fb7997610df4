/** Tells what is going on: a line on standard error for each step, and a bar where the step is long. */
import type { Output } from '../output.js';
import { startProgress } from '../terminal/progress.js';

export type OnProgress = (done: number, total: number) => void;

export class Steps {
  readonly #output: Output;
  readonly #command: string;

  constructor(output: Output, command: string) {
    this.#output = output;
    this.#command = command;
  }

  /** Runs a step. @param told what has come of it, for its line. */
  async run<T>(
    name: string,
    work: (onProgress: OnProgress) => Promise<T> | T,
    told: (result: T) => string,
  ): Promise<T> {
    let progress: ReturnType<typeof startProgress> | undefined;
    const onProgress: OnProgress = (done, total) => {
      progress ??= startProgress(this.#output, name, total);
      progress.update(done);
    };
    const started = performance.now();
    const result = await (async () => work(onProgress))().finally(() => progress?.stop());
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    this.tell(name, `${told(result)} (${seconds} s)`);
    return result;
  }

  /** A line on a step. */
  tell(name: string, remark: string): void {
    this.#output.note(`${this.#command}: ${name}: ${remark}`);
  }
}
