/** Says, not too often, what a device's stream lost. */
import type { StreamCounters } from '@edgebeat/wire';
import { RuntimeError } from '../runtime-error.js';

const kinds = ['lost', 'late', 'corrupt'] as const;
/** Between two reports of one device, ms. */
const pauseMs = 10_000;

export class LossReport {
  private readonly device: string;
  private readonly reported = { lost: 0, late: 0, corrupt: 0 };
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(device: string) {
    this.device = device;
  }

  /** @returns what to warn of, undefined where nothing is new or the last report is fresh. */
  update(counters: StreamCounters): RuntimeError | undefined {
    if (kinds.every((kind) => counters[kind] === this.reported[kind])) return undefined;
    const now = performance.now();
    if (now - this.reportedAt < pauseMs) return undefined;
    this.reportedAt = now;
    const news = kinds.flatMap((kind) => {
      const count = counters[kind] - this.reported[kind];
      this.reported[kind] = counters[kind];
      return count > 0 ? [`${count} ${kind}`] : [];
    });
    return new RuntimeError(
      `${this.device}: frames ${news.join(', ')}`,
      "Check the device's link and the broker's queue limits.",
    );
  }
}
