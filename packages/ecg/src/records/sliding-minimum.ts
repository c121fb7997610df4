/** Smallest of the last few values pushed, in constant time per value (a monotonic queue). */
export class SlidingMinimum {
  private readonly window: number;
  private readonly values: Float64Array;
  private readonly positions: Float64Array;
  private head = 0;
  private tail = 0;
  private pushed = 0;

  /**
   * @param window how many values count
   * @param capacity how many values will be pushed in all
   */
  constructor(window: number, capacity: number) {
    this.window = window;
    this.values = new Float64Array(capacity);
    this.positions = new Float64Array(capacity);
  }

  push(value: number): void {
    while (this.tail > this.head && this.values[this.tail - 1]! >= value) this.tail--;
    this.values[this.tail] = value;
    this.positions[this.tail++] = this.pushed++;
    if (this.positions[this.head]! <= this.pushed - 1 - this.window) this.head++;
  }

  /** Forgets every value so far. */
  clear(): void {
    this.head = 0;
    this.tail = 0;
  }

  /** Infinity when nothing was pushed. */
  get minimum(): number {
    return this.tail > this.head ? this.values[this.head]! : Number.POSITIVE_INFINITY;
  }
}
