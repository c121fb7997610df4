/** Ctrl-C while something is waited for. */

/**
 * What the work comes to, unless the signal is aborted before: work that cannot be called off is then waited for no longer.
 *
 * @param undo given what the work comes to after all, when nobody waits for it any more.
 * @throws the signal's reason, an AbortError, as soon as it is aborted; or what the work throws.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal, undo?: (late: T) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      work.then(undo, () => {});
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
