import type { Value } from '@edgebeat/graph';
import { type Build, type CasesOf, type Forward, fixed, positive } from '../gradient-check.js';

/** On statistics of the batch: the running ones that go in do not matter. */
const onBatch =
  (...shape: [number, number, ...number[]]): Build =>
  ({ g, x, real }) => {
    const [, channels] = shape;
    const running = (value: number) => real(new Array<number>(channels).fill(value));
    const [y] = g.node('BatchNormalization', [x(shape), x([channels]), x([channels]), running(7), running(3)], {
      outputs: 3,
      attributes: { training_mode: true, epsilon: 0.01 },
    });
    return y!;
  };

const onFixed =
  (...shape: [number, number, ...number[]]): Build =>
  ({ g, x }) => {
    const [, channels] = shape;
    const parameters = [x([channels]), x([channels]), x([channels]), x([channels], positive)] as const;
    return g.batchNormalization(x(shape), ...parameters, { epsilon: 0.01 });
  };

/** The model is for inference; a tape for training makes it learn on statistics of the batch. */
const forInference =
  (...shape: [number, number, ...number[]]): Build =>
  ({ g, x, real }) => {
    const [, channels] = shape;
    const running = (value: number) => real(new Array<number>(channels).fill(value));
    return g.batchNormalization(x(shape), x([channels]), x([channels]), running(7), running(3), { epsilon: 0.01 });
  };

const layer =
  (shape: number[], normalised: number[], options: { axis?: number; hasBias: boolean }): Build =>
  ({ g, x }) => {
    const { hasBias, ...attributes } = options;
    const inputs: [Value, Value, ...Value[]] = [x(shape), x(normalised), ...(hasBias ? [x(normalised)] : [])];
    return g.node('LayerNormalization', inputs as [Value, Value], { attributes: { ...attributes, epsilon: 0.01 } })[0]!;
  };

const lp =
  (p: number, axis: number): Build =>
  ({ g, x }: Forward) =>
    g.lpNormalization(x([2, 3, 4], positive), { p, axis });

export const normalization: CasesOf<'BatchNormalization' | 'LayerNormalization' | 'LpNormalization'> = {
  BatchNormalization: {
    'training, [N, C]': onBatch(5, 3),
    'training, [N, C, L]': onBatch(3, 2, 5),
    'training, [N, C, H, W]': onBatch(2, 3, 2, 4),
    'training, by the tape': { build: forInference(3, 2, 5), surrogate: onBatch(3, 2, 5) },
    'inference, [N, C]': { build: onFixed(5, 3), training: false },
    'inference, [N, C, L]': { build: onFixed(3, 2, 5), training: false },
    'inference, [N, C, H, W]': { build: onFixed(2, 3, 2, 4), training: false },
  },
  LayerNormalization: {
    'last axis': layer([2, 3, 5], [5], { hasBias: true }),
    'last axis, no bias': layer([2, 3, 5], [5], { hasBias: false }),
    'axis 1': layer([2, 3, 4], [3, 4], { axis: 1, hasBias: true }),
    'axis 1, no bias': layer([2, 3, 4], [3, 4], { axis: 1, hasBias: false }),
    'axis 0': layer([3, 4], [3, 4], { axis: 0, hasBias: true }),
    'a scale that broadcasts': layer([2, 3, 4], [4], { axis: 1, hasBias: true }),
  },
  LpNormalization: {
    'order 2, last axis': lp(2, -1),
    'order 2, axis 1': lp(2, 1),
    'order 1, last axis': lp(1, -1),
    'order 1, axis 0': lp(1, 0),
    'order 1, either sign': ({ g, x }) => g.lpNormalization(x([1, 4], fixed(0.5, -1, 1.5, -0.25)), { p: 1 }),
    'order 2, either sign': ({ g, x }) => g.lpNormalization(x([2, 4]), { p: 2 }),
  },
};
