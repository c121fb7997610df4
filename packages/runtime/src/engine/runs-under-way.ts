/** The runs of a session: what fails is told alike by all engines, and closing waits for what is still running. */
import { RuntimeError } from '../runtime-error.js';

export class RunsUnderWay {
  readonly #runs = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  /** @throws RuntimeError once the session is closed, or closing. */
  requireOpen(): void {
    if (this.#closed) throw new RuntimeError('the session is closed', 'Load the model again.');
  }

  /** Waits for a run. @throws RuntimeError where it fails. */
  async finish<T>(run: Promise<T>): Promise<T> {
    this.#runs.add(run);
    try {
      return await run;
    } catch (cause) {
      throw new RuntimeError(
        `the model failed while running: ${(cause as Error).message}`,
        'Look at the node named here.',
        { cause },
      );
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Frees the model once all runs have ended; closing twice does nothing. */
  close(free: () => unknown): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#runs).then(async () => {
      await free();
    });
    return this.#closed;
  }
}
