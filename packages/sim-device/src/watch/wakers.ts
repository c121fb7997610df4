/** Waits for a condition that is looked at again whenever something has changed. */
export class Wakers {
  #waiting: (() => void)[] = [];

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Something has changed. */
  wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
