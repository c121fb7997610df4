/** Calibration: which ranges the activations of a float network span on sample windows. */
import {
  type ActivationRange,
  type ActivationRanges,
  ElementHistogram,
  type Model,
  quantizedValues,
  widenedRange,
} from '@edgebeat/graph';
import { ExportError } from '../export-error.js';
import { ModelRunner, type Window } from '../runner/model-runner.js';
import { type CalibrationMethod, checkMethod } from './calibration-method.js';

export interface CalibrationOptions {
  readonly method: CalibrationMethod;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
}

/**
 * Runs a float network on windows and takes the range of every activation that an int8 graph holds, but for those whose scale the
 * operator fixes, or another activation has. The windows are run once, a second time where the method wants a histogram.
 *
 * @param windows some hundreds of the kind that the network answers, each of the input's shape without the batch.
 * @throws ExportError for no windows, windows of another size, activations that are not finite, and a method that is not known;
 * GraphError for a graph that is quantized already.
 */
export async function calibrate(
  model: Model,
  windows: readonly Window[],
  { method, threads }: CalibrationOptions,
): Promise<ActivationRanges> {
  checkMethod(method);
  if (windows.length === 0) throw new ExportError('there are no windows to calibrate on', 'Give some hundreds.');
  const values = quantizedValues(model.graph)
    .activations.filter(({ range, like }) => range === undefined && like === undefined)
    .map(({ value }) => value);
  const runner = await ModelRunner.open(model, { values, ...(threads !== undefined && { threads }) });
  try {
    const extremes = await extremesOf(runner, windows);
    return Object.fromEntries(
      method === 'min-max' ? extremes : await withHistograms(runner, windows, extremes, method),
    );
  } finally {
    await runner.release();
  }
}

type RangesByName = ReadonlyMap<string, ActivationRange>;

async function extremesOf(runner: ModelRunner, windows: readonly Window[]): Promise<RangesByName> {
  const ranges = new Map<string, ActivationRange>();
  for await (const { values } of runner.batches(windows)) {
    for (const [value, elements] of values) {
      const range = widenedRange(ranges.get(value) ?? { least: 0, most: 0 }, elements);
      if (range === undefined)
        throw new ExportError(`value "${value}": is not finite`, 'Calibrate a trained network on good windows.');
      ranges.set(value, range);
    }
  }
  return ranges;
}

async function withHistograms(
  runner: ModelRunner,
  windows: readonly Window[],
  extremes: RangesByName,
  method: Exclude<CalibrationMethod, 'min-max'>,
): Promise<RangesByName> {
  const histograms = new Map([...extremes].map(([value, range]) => [value, new ElementHistogram(range)]));
  for await (const { values } of runner.batches(windows)) {
    for (const [value, elements] of values) histograms.get(value)!.add(elements);
  }
  const rangeOf = (histogram: ElementHistogram) =>
    method === 'mse' ? histogram.ofLeastError() : histogram.holding(method.percentile);
  return new Map([...histograms].map(([value, histogram]) => [value, rangeOf(histogram)]));
}
