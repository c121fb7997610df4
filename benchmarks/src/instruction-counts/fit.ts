/** Instructions of a kernel as a sum over the parts of its loops, fitted to counts: no part may cost less than nothing. */

/** One counted call. */
export interface CountedCall {
  /** Runs of each part. */
  readonly work: Readonly<Record<string, number>>;
  readonly instructions: number;
}

export interface KernelFit {
  /** Instructions of one run of each part. */
  readonly costs: Readonly<Record<string, number>>;
  /** Greatest relative error over the calls, a fraction of 1. */
  readonly worst: number;
  readonly calls: number;
}

const ROUNDS = 200_000;
const ENOUGH = 1e-12;

/** Least squares of relative errors, by coordinate descent, which non-negative costs make easy. */
export function fitKernel(calls: readonly CountedCall[]): KernelFit {
  const parts = Object.keys(calls[0]!.work);
  // Each row says: what share of the call the part's runs are worth an instruction of.
  const rows = calls.map(({ work, instructions }) => parts.map((part) => work[part]! / instructions));
  const sizes = parts.map((_, p) => Math.hypot(...rows.map((row) => row[p]!)) || 1);
  const scaled = rows.map((row) => row.map((value, p) => value / sizes[p]!));
  const gram = parts.map((_, p) => parts.map((_, q) => scaled.reduce((sum, row) => sum + row[p]! * row[q]!, 0)));
  const target = parts.map((_, p) => scaled.reduce((sum, row) => sum + row[p]!, 0));
  const costs = parts.map(() => 0);
  for (let round = 0, change = 1; round < ROUNDS && change > ENOUGH; round++) {
    change = 0;
    for (const p of parts.keys()) {
      if (gram[p]![p] === 0) continue;
      const rest = gram[p]!.reduce((sum, value, q) => sum + value * costs[q]!, 0) - target[p]!;
      const next = Math.max(0, costs[p]! - rest / gram[p]![p]!);
      change = Math.max(change, Math.abs(next - costs[p]!));
      costs[p] = next;
    }
  }
  const rounded = costs.map((cost, p) => Number((cost / sizes[p]!).toPrecision(6)));
  const fitted = rows.map((row) => row.reduce((sum, value, p) => sum + value * rounded[p]!, 0));
  return {
    costs: Object.fromEntries(parts.map((part, p) => [part, rounded[p]!])),
    worst: Math.max(...fitted.map((share) => Math.abs(share - 1))),
    calls: calls.length,
  };
}
