/** The search for float islands: which activations have to stay float32 for the error to be within a budget, and no more. */
import type { Graph } from '@edgebeat/graph';
import { type Draft, written } from './draft.js';
import { type IslandCandidate, islandCandidates } from './island-candidates.js';
import { multiplyAccumulates } from './multiply-accumulates.js';
import { type OutputJudge, type QuantizationError, WORTHWHILE_GAIN } from './output-error.js';
import type { IslandRecord, IslandStep } from './quantization-report.js';

/** Of the multiplications of all matrix operators. */
const MOST_WORK_SHARE = 0.1;

/**
 * Measures each candidate alone, then adds one after the other, beginning with that which gains most, until the budget is met or there
 * is no more that gains. What gains nothing beside those added before is left out again.
 *
 * @param budget error allowed. @param before of the draft as it is.
 * @param judge of all judged windows, @param ranking of some of them, enough to order candidates.
 */
export async function withIslands(
  draft: Draft,
  budget: number,
  before: QuantizationError,
  { judge, ranking }: { judge: OutputJudge; ranking: OutputJudge },
): Promise<{ draft: Draft; record: IslandRecord; error: QuantizationError }> {
  const search = new IslandSearch(draft, before);
  if (before.error > budget) await search.run(budget, judge, ranking);
  return { draft: search.draft(), record: search.record(budget), error: search.error() };
}

class IslandSearch {
  readonly #original: Draft;
  readonly #before: QuantizationError;
  readonly #work: ReadonlyMap<string, number>;
  readonly #steps: IslandStep[] = [];
  readonly #rejected: IslandStep[] = [];
  #candidates: readonly { value: string; gain: number }[] = [];

  constructor(draft: Draft, before: QuantizationError) {
    this.#original = draft;
    this.#before = before;
    this.#work = workShares(draft.model.graph, islandCandidates(draft.model.graph, draft.quantized));
  }

  async run(budget: number, judge: OutputJudge, ranking: OutputJudge): Promise<void> {
    const { sqnr: without } = await measure(ranking, this.#original);
    const gains: { value: string; gain: number }[] = [];
    for (const value of this.#work.keys()) {
      const { sqnr } = await measure(ranking, withFloats(this.#original, [value]));
      gains.push({ value, gain: sqnr - without });
    }
    this.#candidates = gains.sort((a, b) => b.gain - a.gain);
    for (const { value, gain } of this.#candidates) {
      const values = [...this.#values(), value];
      if (this.error().error <= budget || gain < WORTHWHILE_GAIN) return;
      if (this.#workOf(values) > MOST_WORK_SHARE) continue;
      const after = await measure(judge, withFloats(this.#original, values));
      const list = after.sqnr >= this.error().sqnr + WORTHWHILE_GAIN ? this.#steps : this.#rejected;
      list.push({ added: value, gain, after });
    }
  }

  draft(): Draft {
    return withFloats(this.#original, this.#values());
  }

  error(): QuantizationError {
    return this.#steps.at(-1)?.after ?? this.#before;
  }

  record(budget: number): IslandRecord {
    return {
      ...{ budget, met: this.error().error <= budget, before: this.#before },
      ...{ candidates: this.#candidates, steps: this.#steps, rejected: this.#rejected },
      ...{ values: this.#values(), workShare: this.#workOf(this.#values()) },
    };
  }

  #values(): string[] {
    return this.#steps.map(({ added }) => added);
  }

  #workOf(values: readonly string[]): number {
    return values.reduce((sum, value) => sum + this.#work.get(value)!, 0);
  }
}

function withFloats(draft: Draft, values: readonly string[]): Draft {
  return { ...draft, floats: new Set(values) };
}

async function measure(judge: OutputJudge, draft: Draft): Promise<QuantizationError> {
  return judge.measure(written(draft).model);
}

function workShares(graph: Graph, candidates: readonly IslandCandidate[]): ReadonlyMap<string, number> {
  // A network without matrix operators has no share to speak of.
  const total = multiplyAccumulates(graph) || Number.POSITIVE_INFINITY;
  return new Map(candidates.map(({ value, elements }) => [value, elements / total]));
}
