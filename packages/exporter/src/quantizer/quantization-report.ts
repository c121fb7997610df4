/** What the quantizer chose, and what it cost: plain JSON. */
import type { ActivationRange } from '@edgebeat/graph';

export interface ActivationRecord {
  readonly value: string;
  /** Where the range is from: `min-max`, `mse`, `percentile 0.9999`; `operator` fixes it; `trained` for it; `as "VALUE"`. */
  readonly method: string;
  readonly range: ActivationRange;
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface WeightRecord {
  readonly value: string;
  /** Dimension of the channels that have scales of their own. */
  readonly axis: number | undefined;
  /** Largest difference between a weight and what its code stands for. */
  readonly maxError: number;
}

export interface QuantizationReport {
  readonly schema: 'edgebeat/quantization-report';
  readonly version: 1;
  readonly model: string;
  /** Number of windows used. */
  readonly windows: number;
  readonly activations: readonly ActivationRecord[];
  readonly weights: readonly WeightRecord[];
  readonly seconds: number;
}
