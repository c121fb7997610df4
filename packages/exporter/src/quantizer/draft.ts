/** One way to quantize a network: where its ranges are from, which biases it has, what stays float32. */
import {
  type ActivationRange,
  type ActivationRanges,
  type Int8Parameters,
  int8Parameters,
  type Model,
  type QuantizedValues,
} from '@edgebeat/graph';
import { calibrate } from '../calibration/calibrate.js';
import { describeMethod } from '../calibration/calibration-method.js';
import type { Window } from '../runner/model-runner.js';
import type { QuantizeSettings } from './quantize-options.js';
import { type WrittenQdq, writeQdq } from './write-qdq.js';

export interface RangeOfValue {
  readonly range: ActivationRange;
  /** See `ActivationRecord`. */
  readonly method: string;
}

export interface Draft {
  /** The float network that is quantized: the one given, or the same with its channels equalized. */
  readonly model: Model;
  readonly quantized: QuantizedValues;
  /** Of every activation. */
  readonly ranges: ReadonlyMap<string, RangeOfValue>;
  readonly biases: ReadonlyMap<string, Float32Array>;
  /** Activations that stay float32. */
  readonly floats: ReadonlySet<string>;
}

/** Calibrates a network, unless all of its ranges are known. */
export async function draftOf(
  model: Model,
  quantized: QuantizedValues,
  learnt: ActivationRanges,
  windows: readonly Window[],
  { method, threads }: QuantizeSettings,
): Promise<Draft> {
  const isMissing = quantized.activations.some(({ value, range, like }) => !range && !like && !learnt[value]);
  const measured = isMissing ? await calibrate(model, windows, { method, threads }) : {};
  const ranges = new Map<string, RangeOfValue>();
  for (const { value, range, like } of quantized.activations) {
    if (like !== undefined) ranges.set(value, { range: ranges.get(like)!.range, method: `as "${like}"` });
    else if (range) ranges.set(value, { range, method: 'operator' });
    else if (learnt[value]) ranges.set(value, { range: learnt[value], method: 'trained' });
    else ranges.set(value, { range: measured[value]!, method: describeMethod(method) });
  }
  return { model, quantized, ranges, biases: new Map(), floats: new Set() };
}

export function parametersOf({ ranges }: Draft): ReadonlyMap<string, Int8Parameters> {
  return new Map([...ranges].map(([value, { range }]) => [value, int8Parameters(range)]));
}

export function written(draft: Draft): WrittenQdq {
  const { model, quantized, biases, floats } = draft;
  return writeQdq(model, { quantized, parameters: parametersOf(draft), biases, floats });
}
