/** A temperature in the heads of a network: logits are divided, nothing else changes. */
import { encodeModel, GraphBuilder, type Model, type Tensor, tensor, toHalfPrecision } from '@edgebeat/graph';
import { deitMicro, resnet34 } from '@edgebeat/models';
import { describe, expect, test } from '@jest/globals';
import { WindowSession } from '../../src/inference/window-session.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import { temperLogits } from '../../src/recipes/identity/temper-logits.js';

const CLASSES = 7;
const generator = new RandomGenerator(3);

/** The network with offsets that are not 0, as a trained one has them. */
function withOffsets(model: Model): Model {
  const initializers = model.graph.initializers.map((one): Tensor => {
    if (!/^head(_dist)?\.bias$/.test(one.name)) return one;
    return tensor(
      one.name,
      'float32',
      one.shape,
      Float32Array.from({ length: CLASSES }, () => generator.normal()),
    );
  });
  return { ...model, graph: { ...model.graph, initializers } };
}

const networks: readonly (readonly [string, Model, heads: readonly string[]])[] = [
  ['resnet34', withOffsets(resnet34({ classes: CLASSES, width: 4, neck: true }, generator)), ['head']],
  [
    'deit-micro',
    withOffsets(deitMicro({ classes: CLASSES, separateLogits: true, tokensAfter: [2] }, generator)),
    ['head', 'head_dist'],
  ],
];

const windows = Array.from({ length: 5 }, () => Float32Array.from({ length: 900 }, () => generator.normal()));

async function outputsOf(model: Model): Promise<Record<string, Float32Array[]>> {
  const { name, inputs, outputs } = model.graph;
  const session = await WindowSession.create({ name, bytes: encodeModel(model), inputs }, [3, 300], {});
  const names = outputs.map((output) => output.name);
  return session.run(windows, names).finally(() => session.release());
}

/** Classes by rising logit. */
const ranking = (logits: Float32Array) => [...logits.keys()].sort((a, b) => logits[a]! - logits[b]!);

describe.each(networks)('%s at a temperature', (_, model, heads) => {
  test.each([0.35, 2.5])('of %d: logits are divided by it, the other outputs keep their bits', async (temperature) => {
    const before = await outputsOf(model);
    const after = await outputsOf(temperLogits(model, temperature));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, rows] of Object.entries(after)) {
      if (!name.endsWith('logits')) {
        expect(rows).toEqual(before[name]);
        continue;
      }
      for (const [index, logits] of rows.entries()) {
        const wanted = before[name]![index]!.map((logit) => logit / temperature);
        const scale = Math.max(...wanted.map(Math.abs));
        expect(scale).toBeGreaterThan(0.1);
        for (const [i, logit] of logits.entries()) expect(Math.abs(logit - wanted[i]!)).toBeLessThan(1e-5 * scale);
        expect(ranking(logits)).toEqual(ranking(before[name]![index]!));
      }
    }
  });

  test('has the graph that it had, and other weights in its heads alone', () => {
    const tempered = temperLogits(model, 2);
    expect({ ...tempered.graph, initializers: [] }).toEqual({ ...model.graph, initializers: [] });
    const changed = tempered.graph.initializers.filter((one, index) => one !== model.graph.initializers[index]);
    expect(changed.map(({ name }) => name).sort()).toEqual(
      heads.flatMap((head) => [`${head}.bias`, `${head}.weight`]).sort(),
    );
    expect(temperLogits(model, 1)).toEqual(model);
  });
});

describe('refused is', () => {
  const [[, network]] = networks as [(typeof networks)[number]];
  const without = (name: string): Model => {
    const initializers = network.graph.initializers.filter((one) => one.name !== name);
    return { ...network, graph: { ...network.graph, initializers } };
  };
  const headless = () => {
    const g = new GraphBuilder('headless');
    g.output('logits', g.relu(g.input('beats', 'float32', ['N', 900])));
    return g.build();
  };
  const rounded = (): Model => {
    const { graph } = network;
    const half = (one: Tensor) => tensor(one.name, 'float16', one.shape, new Uint16Array(one.data.length));
    const initializers = graph.initializers.map((one) => (one.name === 'head.weight' ? half(one) : one));
    return { ...network, graph: { ...graph, initializers } };
  };

  test.each<[string, () => Model, string]>([
    ['a model without heads', headless, 'headless has no head.weight and head.bias to divide by a temperature'],
    ['a head without offsets', () => without('head.bias'), 'resnet34 has no head.bias to divide'],
    [
      'a model whose weights are rounded for its file',
      () => toHalfPrecision(resnet34({ classes: 40, width: 4 }, generator)),
      'resnet34 has no head.weight to divide',
    ],
    ['a head in another type', rounded, 'head.weight is float16'],
  ])('%s', (_, model, message) => {
    expect(() => temperLogits(model(), 2)).toThrow(RecipeError);
    expect(() => temperLogits(model(), 2)).toThrow(message);
  });

  test.each([0, -0.5, Number.NaN, Number.POSITIVE_INFINITY])('a temperature of %d', (temperature) => {
    expect(() => temperLogits(network, temperature)).toThrow(RecipeError);
    expect(() => temperLogits(network, temperature)).toThrow(`the temperature is ${temperature}`);
  });
});
