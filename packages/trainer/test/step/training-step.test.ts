/** The graph of a training step: what it asks for, gives and refuses. */
import { encodeModel } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { AutodiffError } from '../../src/autodiff/autodiff-error.js';
import { type LossBuilder, lossGraph } from '../../src/step/loss-graph.js';
import { TrainingError } from '../../src/step/training-error.js';
import { momentNames, type TrainingStepOptions, trainingStep } from '../../src/step/training-step.js';
import { flat, linearModel, linearStep, stateAfter, sumOf, vector, weighedSum } from './toy-models.js';

const two: LossBuilder = (context) => {
  const { g, output } = context;
  return {
    losses: { size: sumOf(context, g.abs(output('y'))), sum: sumOf(context, output('y')) },
    figures: { largest: g.reduceMax(output('y'), g.int64([0, 1]), { keepdims: false }) },
  };
};
const x = flat([
  [1, 2, 3],
  [-1, 0, 1],
]);
const stepOfTwo = (options: TrainingStepOptions = {}) => trainingStep(lossGraph(linearModel(), 2, two), options);

describe('a training step', () => {
  test('names its inputs and outputs', () => {
    const { model, batchInputs, losses, figures, batch } = stepOfTwo();
    const namesOf = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name).sort();
    const state = ['weight', 'bias'].flatMap((name) => [name, ...Object.values(momentNames(name))]);
    const scalars = ['adamw/first_correction', 'adamw/learning_rate', 'adamw/second_correction'];
    expect({ batchInputs, losses, figures, batch }).toEqual({
      batchInputs: ['x'],
      losses: ['size', 'sum'],
      figures: ['largest'],
      batch: 2,
    });
    expect(namesOf(model.graph.inputs)).toEqual(['x', ...scalars, ...state].sort());
    expect(namesOf(model.graph.outputs)).toEqual(
      ['loss/size', 'loss/sum', 'figure/largest', 'gradient_norm', ...state.map((name) => `next/${name}`)].sort(),
    );
  });

  test('begins with the weights of the model and moments of 0', () => {
    for (const { name, data, shape } of linearStep().initialState) {
      const own = linearModel().graph.initializers.find((initializer) => initializer.name === name);
      if (own) expect({ data, shape }).toEqual({ data: own.data, shape: own.shape });
      else expect(data.every((value) => value === 0)).toBe(true);
    }
  });

  test('is the same bytes for the same model', () => {
    expect(Buffer.compare(encodeModel(stepOfTwo().model), encodeModel(stepOfTwo().model))).toBe(0);
  });

  test('adds the gradients of its losses up, each by its weight', async () => {
    const momentOf = async (step: ReturnType<typeof linearStep>) => {
      const state = await stateAfter(step, { x });
      return [...state.get(momentNames('weight').first)!];
    };
    const alone = (name: string) =>
      trainingStep(
        lossGraph(linearModel(), 2, (context) => ({ losses: { [name]: two(context).losses[name]! } })),
        {},
      );
    const [size, sum] = [await momentOf(alone('size')), await momentOf(alone('sum'))];
    const near = (a: number, b: number) => size.map((value, i) => expect.closeTo(a * value + b * sum[i]!, 5));
    expect(await momentOf(stepOfTwo())).toEqual(near(1, 1));
    expect(await momentOf(stepOfTwo({ lossWeights: { size: 3 } }))).toEqual(near(3, 1));
    expect(await momentOf(stepOfTwo({ lossWeights: { sum: 0, size: 0.5 } }))).toEqual(near(0.5, 0));
  });
});

describe('refused with a hint is', () => {
  const refused = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error as TrainingError;
    }
    throw new Error('nothing was refused');
  };

  test('a parameter that no loss depends on', () => {
    const source = lossGraph(linearModel(), 2, (context) => {
      context.parameter(vector('idle', [1, 2]));
      return weighedSum(context);
    });
    const error = refused(() => trainingStep(source));
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      message: 'no loss depends on the parameter "idle"',
      hint: expect.stringContaining('Freeze it'),
    });
    expect(() => trainingStep(source, { isFrozen: (name) => name === 'idle' })).not.toThrow();
  });

  test('a model of which everything is frozen', () => {
    const error = refused(() => linearStep({ isFrozen: () => true }));
    expect(error).toBeInstanceOf(TrainingError);
    expect(error.message).toBe('the model has nothing to train');
  });

  test('a weight for a loss that is not there', () => {
    const error = refused(() => stepOfTwo({ lossWeights: { sume: 2 } }));
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({ message: 'there is no loss "sume"', hint: 'The losses are size, sum.' });
  });

  test('a loss that is no scalar', () => {
    const perRow: LossBuilder = ({ g, output }) => ({
      losses: { rows: g.reduceSum(output('y'), g.int64([1]), { keepdims: false }) },
    });
    const error = refused(() => trainingStep(lossGraph(linearModel(), 2, perRow)));
    expect(error).toBeInstanceOf(AutodiffError);
    expect(error.message).toMatch(/"loss\/rows": is \[2\]/);
  });

  test('an output that the model does not have', () => {
    expect(() => lossGraph(linearModel(), 2, ({ output }) => ({ losses: { sum: output('z') } }))).toThrow(
      'value "z": is not in the graph',
    );
  });
});
