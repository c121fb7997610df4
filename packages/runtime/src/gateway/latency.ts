/** Latencies of the latest answers and their percentiles. */

/** Answers remembered: an hour of three watches. */
const size = 16_384;

export interface LatencyPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Answers they are computed over. */
  readonly count: number;
}

export class LatencyRecorder {
  private readonly values = new Float64Array(size);
  private recorded = 0;

  /** @param milliseconds of one answer. */
  add(milliseconds: number): void {
    this.values[this.recorded++ % size] = milliseconds;
  }

  /** Nearest-rank percentiles in ms, NaN before the first answer. */
  percentiles(): LatencyPercentiles {
    const count = Math.min(this.recorded, size);
    const sorted = this.values.slice(0, count).sort();
    const at = (share: number) => (count === 0 ? Number.NaN : sorted[Math.ceil(share * count) - 1]!);
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count };
  }
}
