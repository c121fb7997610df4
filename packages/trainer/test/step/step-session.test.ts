/** Steps in onnxruntime: the state that they leave, and what stops them. */
import { GraphBuilder, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { type LossBuilder, lossGraph } from '../../src/step/loss-graph.js';
import { type Batch, StepSession, type TrainingState, withState } from '../../src/step/step-session.js';
import { TrainingError } from '../../src/step/training-error.js';
import { trainingStep } from '../../src/step/training-step.js';
import { flat, linearModel, linearStep, sumOf, withSession } from './toy-models.js';

/** Convolution, normalisation, two heads: [N, 1, 12] to [N, 2]. */
function smallModel(): Model {
  const g = new GraphBuilder('small');
  const random = new RandomGenerator('small');
  const drawn = (name: string, shape: number[]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    random.normals(data);
    return g.constant({ name, dtype: 'float32', shape, data });
  };
  const convolved = g.conv(g.input('x', 'float32', ['N', 1, 12]), drawn('conv', [4, 1, 3]), { pads: [1, 1] });
  const [scale, shift, mean] = ['scale', 'shift', 'mean'].map((name) => drawn(name, [4]));
  const variance = g.constant({ name: 'variance', dtype: 'float32', shape: [4], data: new Float32Array(4).fill(1) });
  const normalised = g.relu(g.batchNormalization(convolved, scale!, shift!, mean!, variance));
  g.output('y', g.gemm(g.flatten(g.globalAveragePool(normalised)), drawn('head', [4, 2])));
  return g.build();
}

const squares: LossBuilder = (context) => {
  const { g, output } = context;
  const error = g.sub(output('y'), context.input('target', 'float32', [3, 2]));
  return { losses: { squares: sumOf(context, g.mul(error, error)) }, figures: { sum: sumOf(context, output('y')) } };
};

const smallStep = () => trainingStep(lossGraph(smallModel(), 3, squares), { adamW: { weightDecay: 0.1 }, clipNorm: 5 });

function batchOf(step: number): Batch {
  const random = new RandomGenerator(step);
  const drawn = (count: number) => {
    const data = new Float32Array(count);
    random.normals(data);
    return data;
  };
  return { x: drawn(36), target: drawn(6) };
}

async function steps(session: StepSession, from: number, to: number) {
  const results = [];
  for (let step = from; step <= to; step++) results.push(await session.run(batchOf(step), 0.01 * step, step));
  return results;
}

const bitsOf = (state: TrainingState) =>
  [...state].map(([name, data]) => [name, [...new Uint32Array(data.slice().buffer)]] as const);

describe('the state', () => {
  test('goes on in the same bits in another session, and from a state that was taken out', async () => {
    const whole = await withSession(smallStep(), async (session) => {
      const results = await steps(session, 1, 7);
      return { results, state: session.state() };
    });
    const first = await withSession(smallStep(), async (session) => {
      const results = await steps(session, 1, 3);
      return { results, state: session.state() };
    });
    const second = await withSession(smallStep(), async (session) => {
      session.load(first.state);
      expect(bitsOf(session.state())).toEqual(bitsOf(first.state));
      const results = await steps(session, 4, 7);
      return { results, state: session.state() };
    });
    expect([...first.results, ...second.results]).toEqual(whole.results);
    expect(bitsOf(second.state)).toEqual(bitsOf(whole.state));
    expect(bitsOf(first.state)).not.toEqual(bitsOf(whole.state));
    // Two decays, running statistics and weights: all of it moved.
    for (const [name, data] of whole.state) expect([name, data]).not.toEqual([name, first.state.get(name)]);
  });

  test('is a copy on its way out and on its way in', async () => {
    await withSession(smallStep(), async (session) => {
      const before = bitsOf(session.state());
      session.state().get('conv')!.fill(99);
      expect(bitsOf(session.state())).toEqual(before);
      const given = session.state();
      session.load(given);
      given.get('conv')!.fill(99);
      expect(bitsOf(session.state())).toEqual(before);
    });
  });

  test('of another step is refused, and the present one stays', async () => {
    await withSession(smallStep(), async (session) => {
      const before = session.state();
      const without = new Map([...before].filter(([name]) => name !== 'adamw/first/head'));
      expect(() => session.load(without)).toThrow(
        new TrainingError('the state has nothing for "adamw/first/head", the step wants 8', ''),
      );
      const longer = new Map([...before, ['head', new Float32Array(10)]]);
      expect(() => session.load(longer)).toThrow('the state has 10 values for "head", the step wants 8');
      expect(session.state()).toEqual(before);
    });
  });

  test('becomes a model of its own by its weights and statistics', async () => {
    const model = smallModel();
    const state = await withSession(smallStep(), async (session) => {
      await steps(session, 1, 2);
      return session.state();
    });
    const trained = withState(model, state);
    expect(trained.graph.nodes).toEqual(model.graph.nodes);
    for (const { name, data, shape } of trained.graph.initializers) {
      const initial = model.graph.initializers.find((initializer) => initializer.name === name)!;
      expect(shape).toEqual(initial.shape);
      expect(data).toEqual(state.get(name));
      expect(data).not.toEqual(initial.data);
      expect(data).not.toBe(state.get(name));
    }
    expect(withState(model, new Map([['head', new Float32Array(8)]])).graph.initializers[0]).toBe(
      model.graph.initializers[0],
    );
  });
});

const good: Batch = { x: new Float32Array(36).fill(1), target: new Float32Array(6) };

describe('a batch', () => {
  test.each<[string, Batch, string, string]>([
    ['without an input', { x: good.x! }, 'the batch has nothing for "target"', 'It is float32[3, 2]: 6 values.'],
    [
      'of a wrong size',
      { ...good, x: new Float32Array(24) },
      'the batch has 24 values in a Float32Array for "x"',
      'It is float32[3, 1, 12]: 36 values.',
    ],
    [
      'of a wrong type',
      { ...good, target: new BigInt64Array(6) },
      'the batch has 6 values in a BigInt64Array for "target"',
      'It is float32[3, 2]: 6 values.',
    ],
  ])('%s is refused, and the state stays', async (_, batch, message, hint) => {
    await withSession(smallStep(), async (session) => {
      const before = session.state();
      const error = await session.run(batch, 0.1, 1).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TrainingError);
      expect(error).toMatchObject({ message, hint });
      expect(session.state()).toEqual(before);
    });
  });

  test('may hold more than the step asks for', async () => {
    await withSession(smallStep(), async (session) => {
      const { losses } = await session.run({ ...good, label: new BigInt64Array(3) }, 0.1, 1);
      expect(Number.isFinite(losses.squares)).toBe(true);
    });
  });
});

describe('a step', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'to a loss of %d is refused, and the next one goes on from before it',
    async (value) => {
      const goOn = async (session: StepSession) => (await steps(session, 2, 3)) && session.state();
      const expected = await withSession(smallStep(), async (session) => {
        await steps(session, 1, 1);
        return goOn(session);
      });
      await withSession(smallStep(), async (session) => {
        await steps(session, 1, 1);
        const before = session.state();
        const error = await session
          .run({ ...batchOf(2), target: new Float32Array(6).fill(value) }, 0.02, 2)
          .catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(TrainingError);
        expect(error).toMatchObject({
          message: `the loss "squares" is ${value} at step 2`,
          hint: expect.stringContaining('learning rate'),
        });
        expect(bitsOf(session.state())).toEqual(bitsOf(before));
        expect(bitsOf(await goOn(session))).toEqual(bitsOf(expected));
      });
    },
  );

  test('with a finite loss and a gradient that is not finite is refused', async () => {
    const root: LossBuilder = (context) => {
      const { g, output } = context;
      const slope = context.input('slope', 'float32', [2, 2]);
      return { losses: { root: g.sqrt(sumOf(context, g.mul(output('y'), slope))) } };
    };
    await withSession(trainingStep(lossGraph(linearModel(), 2, root)), async (session) => {
      const before = session.state();
      const run = session.run({ x: new Float32Array(6), slope: new Float32Array(4) }, 0.1, 5);
      await expect(run).rejects.toThrow(new TrainingError('the gradient is NaN at step 5', ''));
      expect(session.state()).toEqual(before);
    });
  });

  test('tells losses before their weights, and no weights where they are fixed', async () => {
    const batch = {
      x: flat([
        [1, 2, 3],
        [-1, 0, 1],
      ]),
      slope: flat([
        [1, 0],
        [0, 1],
      ]),
    };
    const results = await Promise.all(
      [{}, { lossWeights: { sum: 3 } }].map((options) =>
        withSession(linearStep(options), async (session) => {
          expect(session.lossWeights).toBeUndefined();
          return session.run(batch, 0.1, 1);
        }),
      ),
    );
    // By hand: 0.5 + 2 − 1.5 + 0.1 of the first row, 0.25 + 0.25 − 0.2 of the second.
    for (const { losses } of results) expect(losses.sum).toBeCloseTo(1.1 + 0.3, 5);
    expect(results[1]!.gradientNorm / results[0]!.gradientNorm).toBeCloseTo(3, 5);
  });

  test('that onnxruntime does not take is refused', async () => {
    const step = linearStep();
    const { graph } = step.model;
    const [first, ...rest] = graph.nodes;
    const cut = {
      ...step,
      model: { ...step.model, graph: { ...graph, nodes: [{ ...first!, operator: 'Gemn' }, ...rest] } },
    };
    const error = await StepSession.create(cut).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TrainingError);
    expect((error as Error).message).toMatch(/onnxruntime does not take the training step: .*Gemn/);
  });
});
