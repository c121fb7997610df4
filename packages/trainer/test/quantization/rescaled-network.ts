/**
 * A small classifier of synthetic signals, and the same with one channel far larger than the others, which makes no difference to
 * float32 and takes int8 the resolution of all others (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and
 * Bias Correction").
 */
import {
  type ActivationRanges,
  elementCount,
  encodeModel,
  GraphBuilder,
  type Model,
  type Tensor,
  tensor,
  type Value,
} from '@edgebeat/graph';
import { WindowSession } from '../../src/inference/window-session.js';
import type { BatchSource } from '../../src/loop/batch-source.js';
import type { TrainingPlan } from '../../src/loop/training.js';
import { accuracy, crossEntropy } from '../../src/losses/cross-entropy.js';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { type GeneratorState, RandomGenerator } from '../../src/random/random-generator.js';
import { recipeLearningRate } from '../../src/schedule/recipe-learning-rate.js';
import { lossGraph } from '../../src/step/loss-graph.js';
import type { Batch } from '../../src/step/step-session.js';
import { trainingStep } from '../../src/step/training-step.js';

const BATCH = 32;
const [CHANNELS, LENGTH, TAPS, FILTERS, CLASSES] = [2, 24, 5, 8, 4];

/** Two convolutions with normalisation, mean over time, linear: [N, 2, 24] to `logits` [N, 4]. */
function network(): Model {
  const g = new GraphBuilder('small');
  const random = new RandomGenerator('weights');
  const noise = (name: string, deviation: number, ...shape: number[]) => {
    const data = Float32Array.from({ length: elementCount(shape) }, () => deviation * random.normal());
    return g.constant(tensor(name, 'float32', shape, data));
  };
  const filled = (name: string, value: number, count = FILTERS) =>
    g.constant(tensor(name, 'float32', [count], new Float32Array(count).fill(value)));
  const layer = (x: Value, name: string) => {
    const channels = x.shape[1] as number;
    const weight = noise(`${name}.weight`, Math.sqrt(2 / (channels * TAPS)), FILTERS, channels, TAPS);
    const statistics = [filled(`${name}.mean`, 0), filled(`${name}.variance`, 1)] as const;
    const [scale, shift] = [filled(`${name}.scale`, 1), filled(`${name}.shift`, 0)];
    return g.relu(g.batchNormalization(g.conv(x, weight, { pads: [2, 2] }), scale, shift, ...statistics));
  };
  const features = layer(layer(g.input('x', 'float32', ['N', CHANNELS, LENGTH]), 'first'), 'second');
  const pooled = g.flatten(g.globalAveragePool(features));
  g.output('logits', g.gemm(pooled, noise('head', 0.1, FILTERS, CLASSES), filled('offset', 0, CLASSES)));
  return g.build();
}

/** One channel behind the first normalisation times a factor, and its taps in the second convolution divided by it. */
export function rescaled({ graph, ...model }: Model, factor: number): Model {
  const changed = (initializer: Tensor, change: (value: number, index: number) => number): Tensor =>
    tensor(initializer.name, 'float32', initializer.shape, (initializer.data as Float32Array).map(change));
  const initializers = graph.initializers.map((one) => {
    if (one.name === 'first.scale' || one.name === 'first.shift')
      return changed(one, (value, index) => (index === 0 ? factor * value : value));
    if (one.name !== 'second.weight') return one;
    return changed(one, (value, index) => (Math.floor(index / TAPS) % FILTERS === 0 ? value / factor : value));
  });
  return { ...model, graph: { ...graph, initializers } };
}

/** The class is who leads, and by how much: the second channel follows the first by 0 to 3 samples, both in noise. */
function draw(random: RandomGenerator): { window: Float32Array; label: number } {
  const label = random.integer(CLASSES);
  const [phase, period] = [random.uniform(0, 2 * Math.PI), random.uniform(7, 9)];
  const window = Float32Array.from({ length: CHANNELS * LENGTH }, (_, index) => {
    const time = (index % LENGTH) - (index < LENGTH ? 0 : label);
    return Math.sin((2 * Math.PI * time) / period + phase) + 0.5 * random.normal();
  });
  return { window, label };
}

export class SignalSource implements BatchSource<GeneratorState> {
  #random: RandomGenerator;

  constructor(seed: number) {
    this.#random = new RandomGenerator(`signals ${seed}`);
  }

  next(): Batch {
    const examples = Array.from({ length: BATCH }, () => draw(this.#random));
    return {
      x: Float32Array.from(examples.flatMap(({ window }) => [...window])),
      label: BigInt64Array.from(examples, ({ label }) => BigInt(label)),
    };
  }

  state(): GeneratorState {
    return this.#random.state();
  }

  restore(state: GeneratorState): void {
    this.#random = RandomGenerator.restore(state);
  }
}

export interface SmallPlanOptions {
  /** To go on from; otherwise from the beginning. */
  readonly model?: Model;
  /** With fake quantization. */
  readonly ranges?: ActivationRanges;
  readonly keepsStatistics?: boolean;
  readonly seed?: number;
  readonly steps: number;
  readonly learningRate: number;
}

export function smallPlan(options: SmallPlanOptions): TrainingPlan {
  const { model = network(), ranges, keepsStatistics = false, seed = 1, steps, learningRate } = options;
  const source = lossGraph(ranges ? fakeQuantized(model, ranges) : model, BATCH, ({ g, batch, output, input }) => {
    const label = input('label', 'int64', [batch]);
    return {
      losses: { class: crossEntropy(g, output('logits'), label) },
      figures: { class: accuracy(g, output('logits'), label) },
    };
  });
  return {
    model,
    step: trainingStep(source, { keepsStatistics }),
    source: new SignalSource(seed),
    steps,
    learningRate: recipeLearningRate({ steps, learningRate, warmUp: 0.1 }),
    recipe: { seed },
  };
}

const unseen = (() => {
  const random = new RandomGenerator('unseen');
  return Array.from({ length: 1000 }, () => draw(random));
})();

/** Windows that calibrate, others than those that judge. */
export const calibration: readonly Float32Array[] = (() => {
  const random = new RandomGenerator('calibration');
  return Array.from({ length: 200 }, () => draw(random).window);
})();

/** Mean cross-entropy over a thousand windows that trained nothing. */
export async function lossOf(model: Model): Promise<number> {
  const file = { name: 'small', bytes: encodeModel(model), inputs: model.graph.inputs };
  const session = await WindowSession.create(file, [CHANNELS, LENGTH], {});
  try {
    const windows = unseen.map(({ window }) => window);
    const { logits } = await session.run(windows, ['logits']);
    const losses = logits.map((row, index) => {
      const sum = row.reduce((total, value) => total + Math.exp(value), 0);
      return Math.log(sum) - row[unseen[index]!.label]!;
    });
    return losses.reduce((total, loss) => total + loss, 0) / losses.length;
  } finally {
    await session.release();
  }
}
