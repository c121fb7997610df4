/** The search for float islands: which activations have to stay float32 for the error to be within a budget, and no more. */
import type { Graph } from '@edgebeat/graph';
import { type Draft, written } from './draft.js';
import { type IslandCandidate, islandCandidates } from './island-candidates.js';
import { multiplyAccumulates } from './multiply-accumulates.js';
import type { OutputJudge, QuantizationError } from './output-error.js';
import type { IslandRecord, IslandStep } from './quantization-report.js';

/** What an island takes off the noise that is left, in dB, at least: in a deep network many take a little, and half of it together. */
const LEAST_GAIN = 0.02;

/** Of the multiplications of all matrix operators. */
const MOST_WORK_SHARE = 0.1;

/**
 * Adds one after the other, beginning with that whose codes make most noise, until the budget is met or none is left that gains
 * anything. How far the budget is off says how many are added before the outputs are measured again: the noises of activations add up.
 *
 * @param budget error allowed. @param before of the draft as it is. @param known of islands that it has already.
 * @param noises of activations, each alone; asked for only where the budget is not met.
 */
export async function withIslands(
  draft: Draft,
  budget: number,
  before: QuantizationError,
  judge: OutputJudge,
  noises: () => Promise<ReadonlyMap<string, number>>,
  known?: IslandRecord,
): Promise<{ draft: Draft; record: IslandRecord; error: QuantizationError }> {
  const search = new IslandSearch(draft, before, judge, known);
  if (before.error > budget) await search.run(budget, await noises());
  return { draft: search.draft(), record: search.record(budget), error: search.error };
}

class IslandSearch {
  readonly #original: Draft;
  readonly #before: QuantizationError;
  readonly #judge: OutputJudge;
  readonly #work: ReadonlyMap<string, number>;
  #steps: readonly IslandStep[] = [];
  #candidates: readonly { value: string; gain: number }[] = [];
  error: QuantizationError;

  constructor(draft: Draft, before: QuantizationError, judge: OutputJudge, known: IslandRecord | undefined) {
    this.#original = draft;
    this.#before = known?.before ?? before;
    this.#steps = known?.steps ?? [];
    this.#candidates = known?.candidates ?? [];
    this.#judge = judge;
    this.error = before;
    this.#work = workShares(draft.model.graph, islandCandidates(draft.model.graph, draft.quantized));
  }

  async run(budget: number, noises: ReadonlyMap<string, number>): Promise<void> {
    const total = [...noises.values()].reduce((sum, noise) => sum + noise, 0);
    const noiseOf = (value: string) => noises.get(value) ?? 0;
    const ordered = [...this.#work.keys()].sort((a, b) => noiseOf(b) - noiseOf(a));
    this.#candidates = ordered.map((value) => ({ value, gain: decibels(total, total - noiseOf(value)) }));
    const done = this.#values();
    let left = total - done.reduce((sum, value) => sum + noiseOf(value), 0);
    let measured = left;
    for (const value of ordered.filter((one) => !done.includes(one))) {
      const gain = decibels(left, left - noiseOf(value));
      if (gain < LEAST_GAIN) break;
      if (this.#workOf([...this.#values(), value]) > MOST_WORK_SHARE) continue;
      this.#steps = [...this.#steps, { added: value, gain }];
      left -= noiseOf(value);
      if (this.error.error * (left / measured) > budget) continue;
      await this.#measure();
      measured = left;
      if (this.error.error <= budget) return;
    }
    if (measured !== left) await this.#measure();
  }

  draft(): Draft {
    return { ...this.#original, floats: new Set(this.#values()) };
  }

  record(budget: number): IslandRecord {
    return {
      ...{ budget, met: this.error.error <= budget, before: this.#before, after: this.error },
      ...{ candidates: this.#candidates, steps: this.#steps },
      ...{ values: this.#values(), workShare: this.#workOf(this.#values()) },
    };
  }

  async #measure(): Promise<void> {
    this.error = await this.#judge.measure(written(this.draft()).model);
  }

  #values(): string[] {
    return this.#steps.map(({ added }) => added);
  }

  #workOf(values: readonly string[]): number {
    return values.reduce((sum, value) => sum + this.#work.get(value)!, 0);
  }
}

/** Of a noise that becomes less; at most 200. */
function decibels(before: number, after: number): number {
  return after > 0 ? Math.min(200, 10 * Math.log10(before / after)) : 200;
}

function workShares(graph: Graph, candidates: readonly IslandCandidate[]): ReadonlyMap<string, number> {
  // A network without matrix operators has no share to speak of.
  const total = multiplyAccumulates(graph) || Number.POSITIVE_INFINITY;
  return new Map(candidates.map(({ value, elements }) => [value, elements / total]));
}
