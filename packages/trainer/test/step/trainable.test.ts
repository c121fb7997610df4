/** What training changes of a graph, and what it leaves alone. */
import { GraphBuilder, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { lossGraph } from '../../src/step/loss-graph.js';
import { trainablesOf } from '../../src/step/trainable.js';
import { momentNames, trainingStep } from '../../src/step/training-step.js';
import { bias, flat, linearModel, linearStep, matrix, sumOf, vector, weight, withSession } from './toy-models.js';

function mixedGraph() {
  const g = new GraphBuilder('mixed');
  const x = g.reshape(g.input('x', 'float32', ['N', 6]), g.int64([0, 2, 3]));
  const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map((name) =>
    g.constant(vector(name, [1, 1])),
  );
  const y = g.batchNormalization(x, scale!, shift!, mean!, variance!);
  const doubled = g.mul(y, g.float32(2));
  g.output('y', g.matMul(doubled, g.constant(matrix('weight', weight))));
  g.output('long', g.cast(g.constant(tensor('double', 'float64', [2], [1, 2])), { to: 'float32' }));
  return g.build().graph;
}

const namesOf = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);

describe('of a graph', () => {
  test('float32 tensors are parameters; running statistics are apart; shapes, scalars and others stay', () => {
    const { parameters, statistics } = trainablesOf(mixedGraph());
    expect(namesOf(parameters)).toEqual(['scale', 'shift', 'weight']);
    expect(namesOf(statistics)).toEqual(['mean', 'variance']);
  });

  test('what is frozen is neither', () => {
    const { parameters, statistics } = trainablesOf(mixedGraph(), (name) => name === 'shift' || name === 'mean');
    expect(namesOf(parameters)).toEqual(['scale', 'weight']);
    expect(namesOf(statistics)).toEqual(['variance']);
  });
});

const batch = {
  x: flat([
    [1, 2, 3],
    [-1, 0, 1],
  ]),
  slope: flat([
    [1, -2],
    [3, 4],
  ]),
};

describe('in a step', () => {
  test('a frozen parameter stays, is no state and has no moments, and the others learn as ever', async () => {
    const frozen = linearStep({ isFrozen: (name) => name === 'bias', adamW: { weightDecay: 0.1 } });
    expect(namesOf(frozen.initialState)).toEqual(['weight', ...Object.values(momentNames('weight'))]);
    const learn = (step: typeof frozen) =>
      withSession(step, async (session) => {
        await session.run(batch, 0.1, 1);
        return session.state();
      });
    const [some, all] = [await learn(frozen), await learn(linearStep({ adamW: { weightDecay: 0.1 } }))];
    expect(some.get('weight')).toEqual(all.get('weight'));
    expect(some.get('weight')).not.toEqual(Float32Array.from(weight.flat()));
    expect(all.get('bias')).not.toEqual(Float32Array.from(bias));
  });

  test('constants of a loss stay, and its parameters learn', async () => {
    const source = lossGraph(linearModel(), 2, (context) => {
      const { g, output, parameter } = context;
      const projected = g.matMul(
        output('y'),
        parameter(
          matrix('projection', [
            [1, 2],
            [3, 4],
          ]),
        ),
      );
      const perClass = g.float32([0.5, 2]);
      return { losses: { sum: sumOf(context, g.mul(projected, perClass)) } };
    });
    const step = trainingStep(source);
    const learnt = ['weight', 'bias', 'projection'];
    expect(namesOf(step.initialState)).toEqual(
      learnt.flatMap((name) => [name, momentNames(name).first, momentNames(name).second]),
    );
    await withSession(step, async (session) => {
      const before = session.state();
      const { losses } = await session.run({ x: batch.x }, 0.1, 1);
      // Of rows 1 2 3 and −1 0 1 by hand: y is 1.1 1.8 and −0.9 0.3, projected 6.5 9.4 and 0 −0.6.
      expect(losses.sum).toBeCloseTo(0.5 * 6.5 + 2 * 9.4 + 0.5 * 0 + 2 * -0.6, 4);
      for (const name of learnt) expect(session.state().get(name)).not.toEqual(before.get(name));
    });
  });
});
