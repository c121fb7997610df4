/** GradNorm against section 3 of Chen et al. (2018), and what it is for. */
import { encodeModel, GraphBuilder, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { type GradNormOptions, nextTaskWeights } from '../../src/step/grad-norm.js';
import { type LossBuilder, lossGraph } from '../../src/step/loss-graph.js';
import { TrainingError } from '../../src/step/training-error.js';
import { LOSS_WEIGHTS, momentNames, type TrainingStepOptions, trainingStep } from '../../src/step/training-step.js';
import { matrix, withSession } from './toy-models.js';

interface Tasks {
  readonly losses: readonly number[];
  readonly initial: readonly number[];
  readonly weights: readonly number[];
  /** ‖∇ Lᵢ‖ by the shared layer. */
  readonly norms: readonly number[];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One step of the weights along the slope of L_grad = Σ |Gᵢ − Ḡ · rᵢᵅ|, taken by differences with the target held. */
function plainWeights({ losses, initial, weights, norms }: Tasks, alpha: number, learningRate: number): number[] {
  const progress = losses.map((loss, i) => loss / initial[i]!);
  const rates = progress.map((value) => value / mean(progress));
  const sizes = weights.map((weight, i) => weight * norms[i]!);
  const targets = rates.map((rate) => mean(sizes) * rate ** alpha);
  const distance = (weight: number, i: number) => Math.abs(weight * norms[i]! - targets[i]!);
  const moved = weights.map((weight, i) => {
    const slope = (distance(weight + 1e-6, i) - distance(weight - 1e-6, i)) / 2e-6;
    return Math.max(0.05, weight - (learningRate * slope) / mean(sizes));
  });
  return moved.map((weight) => weight / mean(moved));
}

/** The nodes that GradNorm adds, alone. */
async function balance({ losses, initial, weights, norms }: Tasks, options: Partial<GradNormOptions>, steps = 1) {
  const g = new GraphBuilder('weights');
  const scalar = (name: string) => g.input(name, 'float32', []);
  const tasks = losses.map((_, i) => ({
    loss: scalar(`loss ${i}`),
    weight: scalar(`weight ${i}`),
    norm: scalar(`norm ${i}`),
    initialLoss: initial[i]!,
  }));
  g.output('next', nextTaskWeights(g, tasks, options));
  const session = await InferenceSession.create(encodeModel(g.build()), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    let current = [...weights];
    for (let step = 0; step < steps; step++) {
      const feeds = losses.flatMap((loss, i) =>
        Object.entries({ [`loss ${i}`]: loss, [`weight ${i}`]: current[i]!, [`norm ${i}`]: norms[i]! }),
      );
      const { next } = await session.run(
        Object.fromEntries(feeds.map(([name, value]) => [name, new OrtTensor('float32', [value], [])])),
      );
      current = [...(next!.data as Float32Array)];
      expect(current.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(weights.length, 5);
    }
    return current;
  } finally {
    await session.release();
  }
}

const near = (values: readonly number[], digits = 5) => values.map((value) => expect.closeTo(value, digits));
const three = { losses: [1, 0.2, 3], initial: [2, 0.5, 3], weights: [1.2, 0.5, 1.3], norms: [0.7, 4, 0.1] };

describe('the weights', () => {
  test.each([
    [1.5, 0.025],
    [0, 0.025],
    [0.12, 0.1],
    [3, 0.01],
  ])('go down the slope of L_grad, α = %d, learning rate %d', async (alpha, learningRate) => {
    expect(await balance(three, { alpha, learningRate })).toEqual(near(plainWeights(three, alpha, learningRate)));
  });

  test('take 1.5 and 0.025 unless told otherwise', async () => {
    expect(await balance(three, {})).toEqual(near(plainWeights(three, 1.5, 0.025)));
  });

  test('stay where every gradient has its target', async () => {
    const settled = { losses: [1, 2], initial: [2, 4], weights: [1.5, 0.5], norms: [1, 3] };
    expect(await balance(settled, {})).toEqual(near([1.5, 0.5]));
  });

  test('of losses that progress alike lead to gradients of equal norm', async () => {
    const tasks = { losses: [1, 2], initial: [2, 4], weights: [1, 1], norms: [1, 3] };
    const [a, b] = await balance(tasks, { learningRate: 0.002 }, 500);
    expect(Math.abs((a! * 1) / (b! * 3) - 1)).toBeLessThan(0.02);
  });

  test('of a loss that lags behind lead to a gradient larger in proportion, and α = 0 to equal ones', async () => {
    // The first has come to 3/4 of its beginning, the second to 1/4: relative rates of 1.5 and 0.5.
    const tasks = { losses: [3, 1], initial: [4, 4], weights: [1, 1], norms: [1, 1] };
    const [a, b] = await balance(tasks, { alpha: 1, learningRate: 0.002 }, 500);
    expect(Math.abs(a! / b! / 3 - 1)).toBeLessThan(0.02);
    const equal = await balance({ ...tasks, weights: [1.6, 0.4] }, { alpha: 0, learningRate: 0.002 }, 500);
    expect(Math.abs(equal[0]! / equal[1]! - 1)).toBeLessThan(0.02);
  });

  test('stay above 0 whatever the gradients are', async () => {
    const tasks = { losses: [1, 1], initial: [1, 1], weights: [1, 1], norms: [1e4, 1e-4] };
    const weights = await balance(tasks, { learningRate: 0.5 }, 20);
    expect(Math.min(...weights)).toBeGreaterThan(0.01);
    for (const norm of [0, 1e-20]) {
      const still = await balance({ ...tasks, norms: [norm, norm] }, {}, 3);
      expect(still.every(Number.isFinite)).toBe(true);
    }
  });
});

const shared = [
  [0.5, -0.25],
  [1, 0.75],
  [-0.5, 0.25],
];

/** [N, 3] through a shared linear layer to two heads of one output each. */
function twoHeads(): Model {
  const g = new GraphBuilder('two heads');
  const hidden = g.matMul(g.input('x', 'float32', ['N', 3]), g.constant(matrix('shared', shared)));
  g.output('a', g.matMul(hidden, g.constant(matrix('head a', [[1], [-0.5]]))));
  g.output('b', g.matMul(hidden, g.constant(matrix('head b', [[4], [3]]))));
  return g.build();
}

/** Mean square errors. */
const errors: LossBuilder = ({ g, batch, output, input }) => {
  const loss = (name: string) => {
    const error = g.sub(output(name), input(`target ${name}`, 'float32', [batch, 1]));
    return g.reduceMean(g.mul(error, error), g.int64([0, 1]), { keepdims: false });
  };
  return { losses: { a: loss('a'), b: loss('b') } };
};

const gradNorm: GradNormOptions = {
  alpha: 0.8,
  learningRate: 0.05,
  initialLosses: { a: 2, b: 30 },
  sharedParameter: 'shared',
};
const stepOf = (options: TrainingStepOptions) => trainingStep(lossGraph(twoHeads(), 4, errors), options);

function batchOf(step: number) {
  const random = new RandomGenerator(step);
  const rows = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return { x: rows(12), 'target a': rows(4), 'target b': rows(4).map((value) => 5 * value) };
}

/** Loss of a head and its gradient by the shared layer, [3, 2] row by row. */
function headOf(name: 'a' | 'b', state: ReadonlyMap<string, Float32Array>, batch: ReturnType<typeof batchOf>) {
  const [weights, head] = [state.get('shared')!, state.get(`head ${name}`)!];
  let loss = 0;
  const gradient = new Float64Array(6);
  for (let row = 0; row < 4; row++) {
    const x = [...batch.x.subarray(3 * row, 3 * row + 3)];
    const hidden = [0, 1].map((j) => x.reduce((sum, value, i) => sum + value * weights[2 * i + j]!, 0));
    const error = hidden[0]! * head[0]! + hidden[1]! * head[1]! - batch[`target ${name}`][row]!;
    loss += error ** 2 / 4;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 2; j++) gradient[2 * i + j]! += (2 * error * x[i]! * head[j]!) / 4;
    }
  }
  return { loss, gradient, norm: Math.hypot(...gradient) };
}

describe('a step of two tasks', () => {
  test('moves the weights as computed from its own state, step after step', async () => {
    await withSession(stepOf({ gradNorm }), async (session) => {
      for (let step = 1; step <= 6; step++) {
        const [before, batch] = [session.state(), batchOf(step)];
        const heads = [headOf('a', before, batch), headOf('b', before, batch)];
        const { losses } = await session.run(batch, 0.05, step);
        expect([losses.a, losses.b]).toEqual(
          near(
            heads.map(({ loss }) => loss),
            4,
          ),
        );
        const expected = plainWeights(
          {
            losses: heads.map(({ loss }) => loss),
            norms: heads.map(({ norm }) => norm),
            initial: [2, 30],
            weights: [...before.get(LOSS_WEIGHTS)!],
          },
          0.8,
          0.05,
        );
        expect(session.lossWeights).toEqual(near(expected));
        expect(session.lossWeights).not.toEqual([...before.get(LOSS_WEIGHTS)!]);
      }
    });
  });

  test('begins with the weights given, brought to the sum of their number, and learns by them', async () => {
    const step = stepOf({ gradNorm, lossWeights: { a: 9, b: 3 }, adamW: { beta1: 0 } });
    await withSession(step, async (session) => {
      expect(session.lossWeights).toEqual([1.5, 0.5]);
      const [before, batch] = [session.state(), batchOf(1)];
      const [a, b] = [headOf('a', before, batch), headOf('b', before, batch)];
      await session.run(batch, 0.05, 1);
      const joint = [...a.gradient].map((value, i) => 1.5 * value + 0.5 * b.gradient[i]!);
      expect([...session.state().get(momentNames('shared').first)!]).toEqual(near(joint, 4));
    });
  });

  test('begins with weights of 1, and adds no gradient of its own', async () => {
    const results = await Promise.all(
      [{ gradNorm }, {}].map((options) =>
        withSession(stepOf(options), async (session) => {
          await session.run(batchOf(1), 0.05, 1);
          return session.state();
        }),
      ),
    );
    for (const [name, data] of results[1]!) expect(results[0]!.get(name)).toEqual(data);
  });
});

describe('refused is', () => {
  const refused = (options: Partial<GradNormOptions>, build: LossBuilder = errors) => {
    try {
      trainingStep(lossGraph(twoHeads(), 4, build), { gradNorm: { ...gradNorm, ...options } });
    } catch (error) {
      return error;
    }
    throw new Error('nothing was refused');
  };

  test('a loss of which nobody said how large it is before training', () => {
    const error = refused({ initialLosses: { a: 2 } });
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      message: 'GradNorm cannot weigh the loss "b"',
      hint: 'Say what it is before training.',
    });
  });

  test.each([0, -1, Number.NaN])('a loss of %d before training', (initial) => {
    const error = refused({ initialLosses: { a: initial, b: 1 } });
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      message: 'GradNorm cannot weigh the loss "a"',
      hint: expect.stringContaining(`${initial}`),
    });
  });

  test('a shared parameter that one of the losses does not reach', () => {
    const error = refused({ sharedParameter: 'head a' });
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      message: 'GradNorm cannot weigh the loss "b"',
      hint: expect.stringContaining('does not depend on head a'),
    });
  });

  test('a shared parameter that is not there', () => {
    expect(refused({ sharedParameter: 'stem' })).toMatchObject({ message: 'value "stem": is not in the graph' });
  });

  test('a loss of that name that is not there', () => {
    const others: LossBuilder = (context) => {
      const { a, b } = errors(context).losses;
      return { losses: { a: a!, c: b! } };
    };
    expect(refused({}, others)).toMatchObject({ message: 'GradNorm cannot weigh the loss "c"' });
  });
});
