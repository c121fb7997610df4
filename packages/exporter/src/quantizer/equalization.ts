/**
 * Equalization of channels: cross-layer equalization (Nagel et al. 2019) with the activations' measured magnitudes in place of the
 * first layer's weights, which is SmoothQuant's (Xiao et al. 2023) for LayerNormalization and what reads it. A channel that is far
 * smaller than the largest of its tensor has few codes. Dividing it by a factor in the layers that make it and multiplying by the
 * same in those that read it leaves the network what it is, and gives it more.
 *
 * The weights that make a value have a scale for each of its channels, and lose nothing. What shares scales are the activation's
 * channels, and the weights that read them: how much of the unevenness goes from one to the other is the strength.
 */
import { elementCount, inferShapes, type Model, type Tensor, tensor } from '@edgebeat/graph';
import { ModelRunner, type RunnerOptions, type Window } from '../runner/model-runner.js';
import { type ChannelGroup, channelGroups } from './channel-groups.js';
import type { MatrixOperator } from './matrix-operators.js';

export interface EqualizedValue {
  readonly value: string;
  /** Dimension of the channels. */
  readonly axis: number;
  /** Least and greatest number that one of them was divided by. */
  readonly least: number;
  readonly most: number;
}

/**
 * Measures how large channels are, for `equalized`.
 *
 * @param operators of the model, @param held activations that have codes.
 */
export async function measuredChannels(
  model: Model,
  operators: readonly MatrixOperator[],
  held: ReadonlySet<string>,
  windows: readonly Window[],
  options: RunnerOptions,
): Promise<readonly MeasuredGroup[]> {
  const groups = channelGroups(model.graph, operators);
  const values = groups.flatMap((group) => [...group.values].filter(([value]) => held.has(value)));
  if (values.length === 0) return [];
  const largest = await largestByChannel(model, new Map(values), windows, options);
  return groups.map((group) => ({
    ...group,
    magnitudes: [...group.values.keys()].flatMap((value) => largest.get(value) ?? []),
  }));
}

export interface MeasuredGroup extends ChannelGroup {
  /** Largest magnitude of every channel, for each activation among the values that has codes. */
  readonly magnitudes: readonly Float64Array[];
}

/**
 * @param strength from 0, weights become even, to 1, activations do; 0.5 makes both alike.
 * @returns the network with other constants, the same function but for float rounding.
 */
export function equalized(
  model: Model,
  groups: readonly MeasuredGroup[],
  strength: number,
): { readonly model: Model; readonly values: readonly EqualizedValue[] } {
  const constants = new Map(model.graph.initializers.map((constant) => [constant.name, constant]));
  const equalizedValues = groups.flatMap(({ channels, values, makers, readers, magnitudes }) => {
    const shared = readers.filter(({ isPerChannel }) => !isPerChannel);
    const weights = shared.map(({ tensor: name, axis }) => largestOf(constants.get(name)!, axis));
    const [a, w] = [relative(magnitudes, channels), relative(weights, channels)];
    // Weights that have a scale for each channel of theirs take any unevenness.
    const share = shared.length > 0 ? strength : 1;
    const factors = Float64Array.from(a, (of, channel) => of ** share / w[channel]! ** (1 - share));
    for (const { tensor: name, axis } of makers)
      constants.set(
        name,
        scaled(constants.get(name)!, axis, (channel) => 1 / factors[channel]!),
      );
    for (const { tensor: name, axis } of readers)
      constants.set(
        name,
        scaled(constants.get(name)!, axis, (channel) => factors[channel]!),
      );
    const [least, most] = [Math.min(...factors), Math.max(...factors)];
    return [...values].map(([value, axis]) => ({ value, axis, least, most }));
  });
  const initializers = model.graph.initializers.map(({ name }) => constants.get(name)!);
  return { model: { ...model, graph: { ...model.graph, initializers } }, values: equalizedValues };
}

/** Of a channel that is all but silent, so that nothing is scaled beyond float32's precision. */
const LEAST_SHARE = 1e-4;

/** Every channel's magnitude by the largest channel's, the geometric mean over tensors. */
function relative(tensors: readonly Float64Array[], channels: number): Float64Array {
  const logarithms = new Float64Array(channels);
  for (const magnitudes of tensors) {
    const most = Math.max(...magnitudes);
    for (let channel = 0; channel < channels; channel++) {
      const share = most > 0 ? magnitudes[channel]! / most : 1;
      // A channel of zeros has no need of codes.
      logarithms[channel]! += share > 0 ? Math.log(Math.max(LEAST_SHARE, share)) / tensors.length : 0;
    }
  }
  return logarithms.map(Math.exp);
}

async function largestByChannel(
  model: Model,
  axes: ReadonlyMap<string, number>,
  windows: readonly Window[],
  options: RunnerOptions,
): Promise<ReadonlyMap<string, Float64Array>> {
  const types = inferShapes(model.graph);
  const layouts = new Map(
    [...axes].map(([value, axis]) => {
      const { shape } = types.get(value)!;
      const inner = elementCount(shape.slice(axis + 1) as number[]);
      return [value, { inner, largest: new Float64Array(shape[axis] as number) }];
    }),
  );
  const runner = await ModelRunner.open(model, { ...options, values: [...layouts.keys()] });
  try {
    for await (const { values } of runner.batches(windows)) {
      for (const [value, elements] of values) {
        const { inner, largest } = layouts.get(value)!;
        addLargest(largest, elements, inner);
      }
    }
  } finally {
    await runner.release();
  }
  return new Map([...layouts].map(([value, { largest }]) => [value, largest]));
}

function largestOf({ data, shape }: Tensor, axis: number): Float64Array {
  const largest = new Float64Array(shape[axis]!);
  addLargest(largest, data as Float32Array, elementCount(shape.slice(axis + 1)));
  return largest;
}

/** @param inner elements of one channel that follow one another. */
function addLargest(largest: Float64Array, elements: Float32Array, inner: number): void {
  for (let first = 0, channel = 0; first < elements.length; first += inner, channel = (channel + 1) % largest.length) {
    let most = largest[channel]!;
    for (let i = first; i < first + inner; i++) {
      const magnitude = Math.abs(elements[i]!);
      if (magnitude > most) most = magnitude;
    }
    largest[channel] = most;
  }
}

function scaled({ name, data, shape }: Tensor, axis: number, factor: (channel: number) => number): Tensor {
  const inner = elementCount(shape.slice(axis + 1));
  const channels = shape[axis]!;
  const elements = Float32Array.from(
    data as Float32Array,
    (element, i) => element * factor(Math.floor(i / inner) % channels),
  );
  return tensor(name, 'float32', shape, elements);
}
