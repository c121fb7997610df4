/** `dt4ecg`: its heads, sizes and costs, and what it owes as any network does. */
import { countMacs, countParameters, decodeModel, encodeModel, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { type Dt4EcgOptions, dt4ecg, lastSharedParameter } from '../src/index.js';
import { largestDeviation, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

const heads = { persons: 10, activities: 5 };
/** As wide as tests need. */
const narrow = { channels: [4, 8, 8, 12], blocks: 1 } as const;

const build = (options: Partial<Dt4EcgOptions> = {}, seed = 1): Model =>
  dt4ecg({ ...heads, ...options }, seededSource(seed));

function windows(seed: number, count: number, samples: number) {
  const source = seededSource(seed);
  return { data: Float32Array.from({ length: count * samples }, () => source.normal()), shape: [count, 1, samples] };
}

interface Variant {
  readonly options: Partial<Dt4EcgOptions>;
  readonly samples: number;
  /** Sizes of the outputs after the batch. */
  readonly outputs: Readonly<Record<string, number>>;
}

const variants: Readonly<Record<string, Variant>> = {
  'as it is': { options: {}, samples: 1000, outputs: { identity: 10, activity: 5, embedding: 128 } },
  'without attention': {
    options: { attention: false, ...narrow },
    samples: 1000,
    outputs: { identity: 10, activity: 5, embedding: 12 },
  },
  'for identity alone': {
    options: { activities: 0, ...narrow },
    samples: 1000,
    outputs: { identity: 10, embedding: 12 },
  },
  'for activity alone': {
    options: { persons: 0, ...narrow },
    samples: 1000,
    outputs: { activity: 5, embedding: 12 },
  },
  'for windows of 2 s': {
    options: { samples: 500, ...narrow },
    samples: 500,
    outputs: { identity: 10, activity: 5, embedding: 12 },
  },
  'for windows of 777 samples': {
    options: { samples: 777, ...narrow },
    samples: 777,
    outputs: { identity: 10, activity: 5, embedding: 12 },
  },
  'for windows shorter than its filters': {
    options: { samples: 9, ...narrow },
    samples: 9,
    outputs: { identity: 10, activity: 5, embedding: 12 },
  },
};

describe.each(Object.entries(variants))('dt4ecg %s', (_, { options, samples, outputs }) => {
  const model = build(options);

  test('takes one window or five, and each answer is finite and that of its window alone', async () => {
    const five = windows(2, 5, samples);
    const single = { data: five.data.slice(2 * samples, 3 * samples), shape: [1, 1, samples] };
    const [together, alone] = await runModel(model, five, single);
    expect(Object.keys(together).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, size] of Object.entries(outputs)) {
      expect(together[name]!.shape).toEqual([5, size]);
      expect(alone[name]!.shape).toEqual([1, size]);
      expect(together[name]!.rows.flat().every(Number.isFinite)).toBe(true);
      expect(largestDeviation(alone[name]!.rows[0]!, together[name]!.rows[2]!)).toBeLessThan(1e-4);
      expect(largestDeviation(together[name]!.rows[1]!, together[name]!.rows[2]!)).toBeGreaterThan(1e-3);
    }
  });

  test('is the same bytes for the same seed, and comes back from them', () => {
    const bytes = encodeModel(model);
    expect(Buffer.compare(encodeModel(build(options)), bytes)).toBe(0);
    expect(Buffer.compare(encodeModel(build(options, 2)), bytes)).not.toBe(0);
    expect(Buffer.compare(encodeModel(decodeModel(bytes)), bytes)).toBe(0);
  });
});

/** Weights and normalisation of a convolution without bias. */
const conv = (from: number, to: number, kernel: number) => from * to * kernel + 2 * to;
/** Two convolutions, and a shortcut where the channels change. */
const block = (from: number, to: number) => conv(from, to, 5) + conv(to, to, 5) + (from === to ? 0 : conv(from, to, 1));
const attention = (channels: number, hidden: number) =>
  2 * channels * hidden + hidden + channels + (channels * hidden + hidden) + (9 * hidden + 1);
const head = (features: number, classes: number) => (features + 1) * classes;

describe('cost', () => {
  test('parameters are those of the layers: 607,184', () => {
    const stages = [
      [32, 32, 32],
      [32, 64, 64],
      [64, 96, 96],
      [96, 128, 128],
    ] as const;
    const residual = stages.reduce((sum, [from, to, next]) => sum + block(from, to) + block(to, next), 0);
    const trunk = conv(1, 32, 15) + residual;
    expect(countParameters(build())).toBe(trunk + attention(128, 32) + head(128, 10) + head(128, 5));
    expect(countParameters(build({ attention: false }))).toBe(trunk + head(128, 10) + head(128, 5));
    expect(countParameters(build({ persons: 0 }))).toBe(trunk + attention(128, 32) + head(128, 5));
    expect(countParameters(build())).toBe(607_184);
  });

  test('a window of 4 s takes 18.1 million multiply-accumulates, one of 2 s half of that', () => {
    expect(countMacs(build())).toBe(18_120_256);
    expect(countMacs(build({ samples: 500 })) / 18_120_256).toBeCloseTo(0.5, 2);
  });

  test('neither depends on the seed', () => {
    expect(countParameters(build({}, 7))).toBe(607_184);
    expect(countMacs(build({}, 7))).toBe(18_120_256);
  });
});

describe('structure', () => {
  const shapeOf = ({ graph }: Model, name: string) => graph.valueInfo.find((value) => value.name === name)?.shape;

  test.each([
    [1000, [125, 63, 32, 16]],
    [777, [98, 49, 25, 13]],
    [8, [1, 1, 1, 1]],
  ])('a window of %i samples has stages of %j', (samples, lengths) => {
    const model = build({ samples });
    expect([1, 2, 3, 4].map((stage) => shapeOf(model, `stage${stage}.block1.relu`))).toEqual(
      lengths.map((length, stage) => ['N', [32, 64, 96, 128][stage], length]),
    );
  });

  test.each([1, 2, 3])(
    'the last shared parameter is the last convolution before attention, blocks of stages: %i',
    (blocks) => {
      const { graph } = build({ blocks, channels: narrow.channels });
      const convolutions = graph.nodes.filter(({ name }) => /^stage.*conv\d$/.test(name));
      expect(convolutions.at(-1)!.inputs[1]).toBe(lastSharedParameter({ blocks }));
    },
  );

  test('both heads read the embedding', () => {
    const { nodes } = build().graph;
    for (const name of ['identity', 'activity']) {
      expect(nodes.find(({ outputs }) => outputs[0] === name)).toMatchObject({
        operator: 'Gemm',
        inputs: ['embedding', `${name}_head.weight`, `${name}_head.bias`],
      });
    }
  });
});

describe('refused is', () => {
  test.each<[string, Partial<Dt4EcgOptions>, string]>([
    ['no head', { persons: 0, activities: 0 }, 'dt4ecg: has no head'],
    ['a negative number of persons', { persons: -1 }, 'dt4ecg: classes of identity is -1'],
    ['half an activity', { activities: 2.5 }, 'dt4ecg: classes of activity is 2.5'],
    ['no samples', { samples: 0 }, 'dt4ecg: samples is 0'],
    ['no blocks', { blocks: 0 }, 'dt4ecg: blocks is 0'],
    ['a stage without channels', { channels: [8, 8, 0, 8] }, 'dt4ecg: channels of stage 3 is 0'],
    ['half a channel', { channels: [8.5, 8, 8, 8] }, 'dt4ecg: channels of stage 1 is 8.5'],
    ['channels that attention cannot reduce', { channels: [8, 8, 8, 10] }, 'attention "attention": 10 channels'],
  ])('%s', (_, options, message) => {
    expect(() => build(options)).toThrow(message);
  });

  test('nothing of channels that are no multiple of 4 without attention', () => {
    expect(() => build({ channels: [5, 6, 7, 10], attention: false })).not.toThrow();
  });
});
