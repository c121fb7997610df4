/** A training of a few numbers: everything that a real one has, in milliseconds. */
import { encodeModel, GraphBuilder, type Model, tensor, type Value } from '@edgebeat/graph';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { BatchSource } from '../../src/loop/batch-source.js';
import type { TrainingPlan } from '../../src/loop/training.js';
import { accuracy, crossEntropy } from '../../src/losses/cross-entropy.js';
import { type GeneratorState, RandomGenerator } from '../../src/random/random-generator.js';
import { lossGraph } from '../../src/step/loss-graph.js';
import type { Batch } from '../../src/step/step-session.js';
import { trainingStep } from '../../src/step/training-step.js';

const BATCH = 6;
const LENGTH = 10;

/** Convolution, normalisation, mean over time, two heads: [N, 1, 10] to `sign` [N, 2] and `slope` [N, 2]. */
export function tinyModel(seed = 1): Model {
  const g = new GraphBuilder('tiny');
  const random = new RandomGenerator(seed);
  const drawn = (name: string, ...shape: number[]): Value => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    random.normals(data);
    return g.constant(tensor(name, 'float32', shape, data));
  };
  const filled = (name: string, value: number) =>
    g.constant(tensor(name, 'float32', [4], new Float32Array(4).fill(value)));
  const x = g.conv(g.input('x', 'float32', ['N', 1, LENGTH]), drawn('conv', 4, 1, 3), { pads: [1, 1] });
  const statistics = [filled('mean', 0), filled('variance', 1)] as const;
  const normalised = g.relu(g.batchNormalization(x, filled('scale', 1), filled('shift', 0), ...statistics));
  const features = g.flatten(g.globalAveragePool(normalised));
  g.output('sign', g.gemm(features, drawn('sign head', 4, 2)));
  g.output('slope', g.gemm(features, drawn('slope head', 4, 2)));
  return g.build();
}

/** A line in noise: does it lie above 0, does it rise? */
function draw(random: RandomGenerator): { samples: number[]; sign: number; slope: number } {
  const [sign, slope] = [random.integer(2), random.integer(2)];
  const samples = Array.from({ length: LENGTH }, (_, at) => {
    const line = 0.7 * (2 * sign - 1) + 0.2 * (2 * slope - 1) * (at - (LENGTH - 1) / 2);
    return line + random.normal();
  });
  return { samples, sign, slope };
}

export class TinySource implements BatchSource<GeneratorState> {
  #random: RandomGenerator;

  constructor(seed = 1) {
    this.#random = new RandomGenerator(`source ${seed}`);
  }

  next(): Batch {
    const examples = Array.from({ length: BATCH }, () => draw(this.#random));
    const labels = (name: 'sign' | 'slope') => BigInt64Array.from(examples, (example) => BigInt(example[name]));
    return {
      x: Float32Array.from(examples.flatMap(({ samples }) => samples)),
      'sign label': labels('sign'),
      'slope label': labels('slope'),
    };
  }

  state(): GeneratorState {
    return this.#random.state();
  }

  restore(state: GeneratorState): void {
    this.#random = RandomGenerator.restore(state);
  }
}

/** Mean score margins of the right classes over fixed examples: figures that rise and fall from step to step. */
async function margins(model: Model): Promise<Readonly<Record<string, number>>> {
  const random = new RandomGenerator('validation');
  const examples = Array.from({ length: 8 }, () => draw(random));
  const x = new OrtTensor('float32', Float32Array.from(examples.flatMap(({ samples }) => samples)), [8, 1, LENGTH]);
  const session = await InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const outputs = await session.run({ x });
    const margin = (name: 'sign' | 'slope') => {
      const scores = outputs[name]!.data as Float32Array;
      return (
        examples.reduce((sum, example, i) => {
          const right = example[name];
          return sum + scores[2 * i + right]! - scores[2 * i + 1 - right]!;
        }, 0) / examples.length
      );
    };
    return { sign: margin('sign'), slope: margin('slope') };
  } finally {
    await session.release();
  }
}

/** 20 steps, with GradNorm, AdamW, running statistics, a schedule and validation. */
export function tinyPlan({ seed = 1, steps = 20 }: { seed?: number; steps?: number } = {}): TrainingPlan {
  const model = tinyModel(seed);
  const source = lossGraph(model, BATCH, ({ g, batch, output, input }) => {
    const tasks = (['sign', 'slope'] as const).map(
      (name) => [name, { logits: output(name), labels: input(`${name} label`, 'int64', [batch]) }] as const,
    );
    return {
      losses: Object.fromEntries(tasks.map(([name, { logits, labels }]) => [name, crossEntropy(g, logits, labels)])),
      figures: Object.fromEntries(tasks.map(([name, { logits, labels }]) => [name, accuracy(g, logits, labels)])),
    };
  });
  return {
    model,
    step: trainingStep(source, {
      adamW: { weightDecay: 0.05 },
      clipNorm: 1,
      gradNorm: { initialLosses: { sign: Math.LN2, slope: Math.LN2 }, sharedParameter: 'conv' },
    }),
    source: new TinySource(seed),
    steps,
    learningRate: (step) => 0.3 / Math.sqrt(step),
    validate: margins,
    score: ({ sign, slope }) => Math.min(sign!, slope!),
    recipe: { seed },
  };
}
