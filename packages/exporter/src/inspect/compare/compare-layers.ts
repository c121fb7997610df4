/** The error of every layer: a float network and its int8 graph on the same windows, value by value. */
import { type Model, windowSizes } from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import { ModelRunner, type Window } from '../../runner/model-runner.js';
import { type ActivationPair, activationPairs } from './activation-pairs.js';
import { ChannelFit } from './channel-factors.js';
import { CodeUse } from './code-use.js';
import { ErrorStatistics } from './error-statistics.js';
import { LAYER_ERRORS_SCHEMA, type LayerError, type LayerErrors } from './layer-errors.js';
import { type ComparedPair, namesOf, sideBySide } from './side-by-side.js';

export interface CompareOptions {
  /** Inside one operator; default 1. */
  readonly threads?: number;
  /** Called after each batch. */
  readonly onProgress?: (windows: number) => void;
}

/** Windows whose activations are in memory at a time. */
const BATCH = 8;
/** Windows that tell by which factors channels were scaled. */
const FACTOR_WINDOWS = 16;

/**
 * Runs both in onnxruntime, QuantizeLinear and DequantizeLinear as they are written.
 *
 * @param float the prepared network that `int8` was made of, of one input or several.
 * @param int8 with pairs of QuantizeLinear and DequantizeLinear, whose values keep the names that the float network gives them.
 * @param windows each of the input's shape without the batch, or by the names of the inputs.
 * @throws ExportError without windows, for windows of another size, for graphs that do not belong together, and where
 * onnxruntime refuses one.
 */
export async function compareLayers(
  float: Model,
  int8: Model,
  windows: readonly Window[],
  { threads = 1, onProgress }: CompareOptions = {},
): Promise<LayerErrors> {
  if (windows.length === 0) throw new ExportError('there are no windows to compare on', 'give some dozens');
  const pairs = activationPairs(float.graph, int8.graph);
  if (pairs.length === 0) {
    throw new ExportError(
      `no value of "${float.graph.name}" is held as codes in "${int8.graph.name}"`,
      'compare a float model with the int8 graph that was made of it',
    );
  }
  const known = await withFactors(float, int8, pairs, windows.slice(0, FACTOR_WINDOWS), threads);
  const compared = known.map((pair) => ({ names: namesOf(pair), statistics: new PairStatistics(pair) }));
  const values = compared.flatMap(({ names }) => Object.values<string>({ ...names }));
  const model = sideBySide(float, int8.graph, known);
  const runner = await ModelRunner.open(model, { values, threads, batch: BATCH, asWritten: true });
  try {
    for await (const { first, count, values: elements } of runner.batches(windows)) {
      for (const { names, statistics } of compared) {
        statistics.add(elements.get(names.float)!, elements.get(names.cumulated)!, elements.get(names.local)!);
      }
      onProgress?.(first + count);
    }
  } finally {
    await runner.release();
  }
  const layers = compared.map(({ statistics }, position) => statistics.figures(position));
  layers.sort((a, b) => a.local.sqnr - b.local.sqnr || a.position - b.position);
  return { schema: LAYER_ERRORS_SCHEMA, windows: windows.length, layers };
}

/** Finds out of which values the channels were scaled in the int8 graph. */
async function withFactors(
  float: Model,
  int8: Model,
  pairs: readonly ActivationPair[],
  windows: readonly Window[],
  threads: number,
): Promise<ComparedPair[]> {
  const sizes = windowSizes(float.graph);
  const plain = pairs.map((pair): ComparedPair => ({ ...pair, rank: sizes.get(pair.value)!.shape.length }));
  // What the caller gives is what it is.
  const fits = plain
    .filter(({ maker }) => maker)
    .map((pair) => ({ pair, names: namesOf(pair), fit: new ChannelFit(sizes.get(pair.value)!.shape) }));
  const values = fits.flatMap(({ names }) => [names.float, names.cumulated]);
  const runner = await ModelRunner.open(sideBySide(float, int8.graph, plain), {
    ...{ values, threads, batch: BATCH, asWritten: true },
  });
  try {
    for await (const { values: elements } of runner.batches(windows)) {
      for (const { names, fit } of fits) fit.add(elements.get(names.float)!, elements.get(names.cumulated)!);
    }
  } finally {
    await runner.release();
  }
  const factors = new Map(fits.map(({ pair, fit }) => [pair, fit.factors()]));
  return plain.map((pair) => {
    const scaled = factors.get(pair);
    return scaled ? { ...pair, scaled } : pair;
  });
}

class PairStatistics {
  readonly #pair: ComparedPair;
  readonly #cumulated = new ErrorStatistics();
  readonly #local = new ErrorStatistics();
  readonly #codes: CodeUse;

  constructor(pair: ComparedPair) {
    this.#pair = pair;
    this.#codes = new CodeUse(pair);
  }

  add(truth: Float32Array, cumulated: Float32Array, local: Float32Array): void {
    this.#cumulated.add(truth, cumulated);
    this.#local.add(truth, local);
    this.#codes.add(truth);
  }

  figures(position: number): LayerError {
    const { value, maker, scale, zeroPoint, scaled } = this.#pair;
    return {
      ...{ value, node: maker?.name || value, operator: maker?.operator ?? 'input', position, scale, zeroPoint },
      isScaled: scaled !== undefined,
      cumulated: this.#cumulated.figures(),
      local: this.#local.figures(),
      codes: this.#codes.figures(),
    };
  }
}
