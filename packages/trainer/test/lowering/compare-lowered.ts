/** What a graph computes and its gradients, replayed as it is and with the channels last. */
import { elementCount, encodeModel, type Graph, type Model, parametersOf, type Value } from '@edgebeat/graph';
import { expect } from '@jest/globals';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { backward } from '../../src/autodiff/backward.js';
import { sizesOf } from '../../src/autodiff/gradient.js';
import { Tape, type TapeOptions } from '../../src/autodiff/tape.js';
import { asWritten } from '../../src/inference/as-written.js';
import { ChannelsLast } from '../../src/lowering/channels-last.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { inverseOf, permuted } from '../../src/step/permutation.js';

/** Largest error allowed, relative to the largest element of a tensor. */
const TOLERANCE = 1e-4;

export interface Computed {
  /** Operators of the nodes, forward and backward. */
  readonly operators: readonly string[];
  /** `output/NAME`, `gradient/NAME` by inputs and parameters, `statistic/NAME` of the batch. */
  readonly values: ReadonlyMap<string, Float32Array>;
}

/**
 * With random inputs, and random gradients by the outputs to start from, the same for the same graph. Parameters that are all 0
 * are random, too; running statistics are 1.
 */
export async function compute(
  { graph }: Model,
  form: 'as it is' | 'channels last',
  { keepsStatistics = false }: Pick<TapeOptions, 'keepsStatistics'> = {},
): Promise<Computed> {
  const parameters = parametersOf(graph).map(({ name }) => name);
  const statistics = statisticsOf(graph);
  const tape = new Tape(graph, {
    training: true,
    keepsStatistics,
    asInputs: new Set([...parameters, ...statistics]),
    sizes: { N: 3 },
    ...(form === 'as it is' ? {} : { lowering: (own, source) => new ChannelsLast(own, source) }),
  });
  const { g } = tape;
  const random = new RandomGenerator('inputs');
  const noise = (value: Value) => Float32Array.from({ length: elementCount(sizesOf(value)) }, () => random.normal());
  const feeds: Record<string, OrtTensor> = {};
  /** @param data in the order of the graph. */
  const feed = (value: Value, data: Float32Array) => {
    const order = tape.permutations.get(value.name);
    const shape = sizesOf(value);
    const own = order && inverseOf(order).map((axis) => shape[axis]!);
    feeds[value.name] = new OrtTensor('float32', own ? permuted(data, own, order) : data, shape);
  };
  const sources = [...graph.inputs.map(({ name }) => name), ...parameters];
  const initial = new Map(graph.initializers.map(({ name, data }) => [name, data as Float32Array]));
  for (const name of sources) {
    const own = initial.get(name);
    feed(tape.value(name), own?.some((value) => value !== 0) ? own : noise(tape.value(name)));
  }
  for (const name of statistics) {
    const value = tape.value(name);
    feed(value, new Float32Array(elementCount(sizesOf(value))).fill(1));
  }
  const outputs = graph.outputs.map(({ name }) => tape.value(name));
  const seeds = outputs.map((value, index) => {
    const gradient = g.input(`cotangent ${index}`, 'float32', value.shape);
    feed(gradient, noise(gradient));
    return { value, gradient };
  });
  const wanted = sources.map((name) => tape.value(name));
  backward(tape, seeds, wanted).forEach((gradient, index) => {
    const order = tape.permutations.get(sources[index]!);
    if (!gradient) return;
    g.output(`gradient/${sources[index]}`, order ? g.transpose(gradient, { perm: inverseOf(order) }) : gradient);
  });
  for (const { running, batch } of tape.batchStatistics) g.output(`statistic/${running.name}`, batch);
  graph.outputs.forEach(({ name }, index) => {
    g.output(`output/${name}`, outputs[index]!);
  });
  const model = g.build();
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3, extra: asWritten } as const;
  const session = await InferenceSession.create(encodeModel(model), options);
  try {
    const used = Object.entries(feeds).filter(([name]) => session.inputNames.includes(name));
    const results = await session.run(Object.fromEntries(used));
    return {
      operators: model.graph.nodes.map(({ operator }) => operator),
      values: new Map(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array])),
    };
  } finally {
    await session.release();
  }
}

/** Names, lengths and elements alike. */
export function expectAlike(lowered: Computed, plain: Computed): void {
  expect([...lowered.values.keys()].sort()).toEqual([...plain.values.keys()].sort());
  const errors = [...plain.values].map(([name, values]) => {
    const own = lowered.values.get(name)!;
    if (own.length !== values.length) return { name, error: Number.POSITIVE_INFINITY };
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    const error = values.reduce((most, value, index) => Math.max(most, Math.abs(value - own[index]!)), 0);
    return { name, error: error / largest };
  });
  expect(errors.filter(({ error }) => !(error < TOLERANCE))).toEqual([]);
}

function statisticsOf({ nodes }: Graph): string[] {
  return nodes.flatMap(({ operator, inputs }) => (operator === 'BatchNormalization' ? inputs.slice(3) : []));
}
