/** Sequence-Channel Attention in onnxruntime-node against its formula, written out in loops. */
import { GraphBuilder, type Model, type Tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { sequenceChannelAttention } from '../src/layers/sequence-channel-attention.js';
import { largestDeviation, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

const CHANNELS = 8;
const LENGTH = 23;

/** The layer alone, its gates among the outputs, with weights and biases so large that the gates open and close. */
function layer(channels = CHANNELS): Model {
  const graph = new GraphBuilder('attention');
  const x = graph.input('x', 'float32', ['N', channels, LENGTH]);
  graph.output('y', sequenceChannelAttention({ graph, weights: seededSource(1) }, x, 'att'));
  const model = graph.build();
  const source = seededSource(5);
  const initializers = model.graph.initializers.map(
    (initializer): Tensor =>
      initializer.dtype === 'float32'
        ? { ...initializer, data: initializer.data.map(() => source.normal()) }
        : initializer,
  );
  const gates = model.graph.valueInfo.filter(({ name }) => ['att.channel.gate', 'att.sequence.gate'].includes(name));
  return { ...model, graph: { ...model.graph, initializers, outputs: [...model.graph.outputs, ...gates] } };
}

const model = layer();
const source = seededSource(2);
const feed = {
  data: Float32Array.from({ length: 3 * CHANNELS * LENGTH }, () => source.normal()),
  shape: [3, CHANNELS, LENGTH],
};

const parameter = (name: string): readonly number[] =>
  Array.from(model.graph.initializers.find((initializer) => initializer.name === `att.${name}`)!.data as Float32Array);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
const relu = (value: number) => Math.max(0, value);

type Window = readonly (readonly number[])[];
const hiddenCount = CHANNELS / 4;

/** σ(W₂ · relu(W₁ · mean over time + b₁) + b₂), one gate for each channel. */
function channelGates(x: Window): number[] {
  const [w1, b1, w2, b2] = ['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias'].map((name) =>
    parameter(`channel.${name}`),
  );
  const means = x.map((row) => total(row) / LENGTH);
  const hidden = range(hiddenCount).map((unit) =>
    relu(b1![unit]! + total(means.map((mean, channel) => mean * w1![channel * hiddenCount + unit]!))),
  );
  return range(CHANNELS).map((channel) =>
    sigmoid(b2![channel]! + total(hidden.map((value, unit) => value * w2![unit * CHANNELS + channel]!))),
  );
}

/** σ of a filter of nine moments over relu of a mixture of the channels, one gate for each moment. */
function sequenceGates(x: Window): number[] {
  const [mix, mixBias, filter, filterBias] = ['reduce.weight', 'reduce.bias', 'context.weight', 'context.bias'].map(
    (name) => parameter(`sequence.${name}`),
  );
  const reduced = range(hiddenCount).map((unit) =>
    range(LENGTH).map((at) =>
      relu(mixBias![unit]! + total(x.map((row, channel) => row[at]! * mix![unit * CHANNELS + channel]!))),
    ),
  );
  return range(LENGTH).map((at) =>
    sigmoid(
      filterBias![0]! +
        total(
          reduced.flatMap((row, unit) => range(9).map((tap) => (row[at + tap - 4] ?? 0) * filter![unit * 9 + tap]!)),
        ),
    ),
  );
}

const windowOf = (row: number): Window =>
  range(CHANNELS).map((channel) => {
    const first = (row * CHANNELS + channel) * LENGTH;
    return [...feed.data.subarray(first, first + LENGTH)];
  });

describe('Sequence-Channel Attention', () => {
  test('multiplies by a gate for the channel and one for the moment, and adds the two', async () => {
    const [{ y }] = await runModel(model, feed);
    expect(y!.shape).toEqual(feed.shape);
    y!.rows.forEach((row, index) => {
      const x = windowOf(index);
      const [channels, moments] = [channelGates(x), sequenceGates(x)];
      const expected = x.flatMap((samples, c) => samples.map((sample, at) => sample * (channels[c]! + moments[at]!)));
      expect(largestDeviation(row, expected)).toBeLessThan(1e-5);
    });
  });

  test('has gates from 0 to 1, as the formula gives them', async () => {
    const [outputs] = await runModel(model, feed);
    const [channels, moments] = [outputs['att.channel.gate']!, outputs['att.sequence.gate']!];
    expect(channels.shape).toEqual([3, CHANNELS, 1]);
    expect(moments.shape).toEqual([3, 1, LENGTH]);
    for (const row of range(3)) {
      expect(largestDeviation(channels.rows[row]!, channelGates(windowOf(row)))).toBeLessThan(1e-5);
      expect(largestDeviation(moments.rows[row]!, sequenceGates(windowOf(row)))).toBeLessThan(1e-5);
    }
    for (const gates of [channels.rows.flat(), moments.rows.flat()]) {
      expect(Math.min(...gates)).toBeGreaterThanOrEqual(0);
      expect(Math.min(...gates)).toBeLessThan(0.2);
      expect(Math.max(...gates)).toBeLessThanOrEqual(1);
      expect(Math.max(...gates)).toBeGreaterThan(0.8);
    }
  });

  test('names its weights', () => {
    const shapes = model.graph.initializers
      .filter(({ dtype }) => dtype === 'float32')
      .map(({ name, shape }) => [name, ...shape]);
    expect(shapes.sort()).toEqual([
      ['att.channel.fc1.bias', 2],
      ['att.channel.fc1.weight', 8, 2],
      ['att.channel.fc2.bias', 8],
      ['att.channel.fc2.weight', 2, 8],
      ['att.sequence.context.bias', 1],
      ['att.sequence.context.weight', 1, 2, 9],
      ['att.sequence.reduce.bias', 2],
      ['att.sequence.reduce.weight', 2, 8, 1],
    ]);
  });

  test.each([6, 2, 9])('refuses %i channels', (channels) => {
    expect(() => layer(channels)).toThrow(`attention "att": ${channels} channels`);
  });
});
