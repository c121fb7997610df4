/** What a training tells about itself while it runs: the points of the learning curves. */

/** Mean figures of the steps since the point before. */
export interface HistoryPoint {
  /** The last step it covers, from 1 on. */
  readonly step: number;
  readonly learningRate: number;
  /** Joint norm of the gradients before clipping. */
  readonly gradientNorm: number;
  readonly losses: Readonly<Record<string, number>>;
  /** On the training batches. */
  readonly figures: Readonly<Record<string, number>>;
  /** Weights of the losses, where they are balanced while training. */
  readonly lossWeights?: Readonly<Record<string, number>>;
  /** Figures on the validation part, at points where it was looked at. */
  readonly validation?: Readonly<Record<string, number>>;
}
