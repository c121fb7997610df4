/** The last few values of something: peaks, RR intervals. */
export class RecentValues {
  private readonly values: number[] = [];
  private readonly capacity: number;

  /** @param initial kept until newer ones take their place. */
  constructor(capacity: number, initial: readonly number[] = []) {
    this.capacity = capacity;
    for (const value of initial) this.put(value);
  }

  get size(): number {
    return this.values.length;
  }

  put(value: number): void {
    this.values.push(value);
    if (this.values.length > this.capacity) this.values.shift();
  }

  mean(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / this.values.length;
  }

  /** The upper one of the middle two where their number is even. */
  median(): number {
    return this.values.toSorted((a, b) => a - b)[this.values.length >> 1]!;
  }
}
