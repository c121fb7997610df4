/** A value that comes later, settled from outside: what `Promise.withResolvers` is in newer Node.js. */
export class Later<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (reason: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever rejects it tells the reason, too; perhaps nobody waits here.
    this.promise.catch(() => {});
  }
}
