/** AdamW (Loshchilov and Hutter 2019) as nodes of the training step. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';

export interface AdamWOptions {
  /** Decay of the mean of gradients; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of their squares; default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment; default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay, of parameters of rank 2 and more alone: biases and normalization scales keep their size. */
  readonly weightDecay?: number;
}

/** Scalar inputs of the step that change from step to step. */
export interface AdamWInputs {
  readonly learningRate: Value;
  /** 1 / (1 − β₁ᵗ) at step t = 1, 2, … */
  readonly firstCorrection: Value;
  /** 1 / (1 − β₂ᵗ). */
  readonly secondCorrection: Value;
}

export const adamWInputNames = {
  learningRate: 'adamw/learning_rate',
  firstCorrection: 'adamw/first_correction',
  secondCorrection: 'adamw/second_correction',
} as const;

/** Values of the scalar inputs at a step. @param step from 1 on. */
export function adamWScalars(
  learningRate: number,
  step: number,
  { beta1 = 0.9, beta2 = 0.999 }: AdamWOptions,
): Record<string, number> {
  return {
    [adamWInputNames.learningRate]: learningRate,
    [adamWInputNames.firstCorrection]: 1 / (1 - beta1 ** step),
    [adamWInputNames.secondCorrection]: 1 / (1 - beta2 ** step),
  };
}

/** A parameter with its moments. */
export interface Moments {
  readonly parameter: Value;
  readonly first: Value;
  readonly second: Value;
}

/** A parameter with its moments as they are, and its gradient. */
export interface Update extends Moments {
  readonly gradient: Value;
}

/**
 * Adds the update of parameters by an optimizer of the same options. What is the same for all elements is worked out once, as
 * scalars: every pass over the parameters counts.
 */
export class AdamW {
  readonly #g: GraphBuilder;
  readonly #beta1: Value;
  readonly #beta2: Value;
  /** Shares of the gradient, and of its square, in the moments. */
  readonly #firstShare: Value;
  readonly #secondShare: Value;
  /** Learning rate · first correction / root of the second correction. */
  readonly #rate: Value;
  /** Epsilon / root of the second correction. */
  readonly #epsilon: Value;
  /** 1 − learning rate · weight decay; undefined where nothing decays. */
  readonly #shrink: Value | undefined;

  /** @param scale scalar that all gradients are multiplied by, as for clipping. */
  constructor(g: GraphBuilder, inputs: AdamWInputs, options: AdamWOptions, scale: Value = g.float32(1)) {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    const root = g.sqrt(inputs.secondCorrection);
    this.#g = g;
    this.#beta1 = g.float32(beta1);
    this.#beta2 = g.float32(beta2);
    this.#firstShare = g.mul(scale, g.float32(1 - beta1));
    this.#secondShare = g.mul(g.mul(scale, scale), g.float32(1 - beta2));
    this.#rate = g.div(g.mul(inputs.learningRate, inputs.firstCorrection), root);
    this.#epsilon = g.div(g.float32(epsilon), root);
    this.#shrink =
      weightDecay > 0 ? g.sub(g.float32(1), g.mul(inputs.learningRate, g.float32(weightDecay))) : undefined;
  }

  /**
   * Parameters with their moments after the step, in order. Vectors are updated end to end, by the same nodes: onnxruntime takes
   * some microseconds for a node however little there is to do, and most parameters of a network are short.
   */
  update(updates: readonly Update[]): Moments[] {
    const isVector = ({ parameter }: Update) => parameter.shape.length === 1;
    const vectors = this.#updateTogether(updates.filter(isVector)).values();
    return updates.map((update) => (isVector(update) ? vectors.next().value! : this.#updateOne(update)));
  }

  #updateTogether(vectors: readonly Update[]): Moments[] {
    if (vectors.length < 2) return vectors.map((vector) => this.#updateOne(vector));
    const g = this.#g;
    const joined = (part: keyof Update) =>
      g.concat(...(vectors.map((vector) => vector[part]) as [Value, ...Value[]]), { axis: 0 });
    const next = this.#updateOne({
      parameter: joined('parameter'),
      first: joined('first'),
      second: joined('second'),
      gradient: joined('gradient'),
    });
    const sizes = g.int64(vectors.map(({ parameter }) => sizesOf(parameter)[0]!));
    const [parameters, firsts, seconds] = [next.parameter, next.first, next.second].map((whole) =>
      g.split(whole, sizes),
    );
    return vectors.map((_, index) => ({
      parameter: parameters![index]!,
      first: firsts![index]!,
      second: seconds![index]!,
    }));
  }

  #updateOne({ parameter, first, second, gradient }: Update): Moments {
    const g = this.#g;
    const nextFirst = g.add(g.mul(first, this.#beta1), g.mul(gradient, this.#firstShare));
    const square = g.mul(gradient, gradient);
    const nextSecond = g.add(g.mul(second, this.#beta2), g.mul(square, this.#secondShare));
    const change = g.div(g.mul(nextFirst, this.#rate), g.add(g.sqrt(nextSecond), this.#epsilon));
    const kept = this.#shrink && parameter.shape.length >= 2 ? g.mul(parameter, this.#shrink) : parameter;
    return { parameter: g.sub(kept, change), first: nextFirst, second: nextSecond };
  }
}
