/** AdamW (Loshchilov and Hutter 2019) as nodes of the training step. */
import type { GraphBuilder, Value } from '@edgebeat/graph';

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

/** Adds the update of parameters by an optimizer of the same options. */
export class AdamW {
  readonly #g: GraphBuilder;
  readonly #options: Required<AdamWOptions>;
  /** Learning rate times first correction. */
  readonly #rate: Value;
  readonly #secondCorrection: Value;
  /** 1 − learning rate · weight decay. */
  readonly #shrink: Value;

  constructor(g: GraphBuilder, inputs: AdamWInputs, options: AdamWOptions) {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    this.#g = g;
    this.#options = { beta1, beta2, epsilon, weightDecay };
    this.#rate = g.mul(inputs.learningRate, inputs.firstCorrection);
    this.#secondCorrection = inputs.secondCorrection;
    this.#shrink = g.sub(g.float32(1), g.mul(inputs.learningRate, g.float32(weightDecay)));
  }

  /** The parameter and its moments after the step. */
  update({ parameter, first, second }: Moments, gradient: Value): Moments {
    const g = this.#g;
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    const nextFirst = g.add(g.mul(first, g.float32(beta1)), g.mul(gradient, g.float32(1 - beta1)));
    const nextSecond = g.add(g.mul(second, g.float32(beta2)), g.mul(g.mul(gradient, gradient), g.float32(1 - beta2)));
    const root = g.add(g.sqrt(g.mul(nextSecond, this.#secondCorrection)), g.float32(epsilon));
    const change = g.div(g.mul(nextFirst, this.#rate), root);
    const kept = weightDecay > 0 && parameter.shape.length >= 2 ? g.mul(parameter, this.#shrink) : parameter;
    return { parameter: g.sub(kept, change), first: nextFirst, second: nextSecond };
  }
}
