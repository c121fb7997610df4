/** What the quantizer chose, and what it cost: plain JSON. */
import type { ActivationRange } from '@edgebeat/graph';
import type { EqualizedValue } from './equalization.js';
import type { QuantizationError } from './output-error.js';
import type { QuantizeSettings } from './quantize-options.js';
import type { WrittenWeight } from './write-qdq.js';

export interface ActivationRecord {
  readonly value: string;
  /** Where the range is from: `min-max`, `mse`, `percentile 0.9999`; `operator` fixes it; `trained` for it; `as "VALUE"`. */
  readonly method: string;
  readonly range: ActivationRange;
  readonly scale: number;
  readonly zeroPoint: number;
}

/** A switch, and what the outputs of the int8 graph were without and with it. */
export interface SwitchRecord {
  readonly asked: 'on' | 'off' | 'auto';
  readonly applied: boolean;
  /** Why it was not tried, where it was not. */
  readonly skipped?: string;
  readonly before?: QuantizationError;
  readonly after?: QuantizationError;
}

export interface IslandStep {
  /** What stays float32 from this step on. */
  readonly added: string;
  /** What it takes off the noise of all activations beside those added before, in dB, going by the noise that each makes alone. */
  readonly gain: number;
}

export interface IslandRecord {
  /** Error that is allowed. */
  readonly budget: number;
  /** Whether the int8 graph keeps to it. */
  readonly met: boolean;
  /** Without islands, when they were first looked for, and with all of them. */
  readonly before: QuantizationError;
  readonly after: QuantizationError;
  /** What each candidate would gain alone, in dB; empty where the budget was met without. */
  readonly candidates: readonly { readonly value: string; readonly gain: number }[];
  readonly steps: readonly IslandStep[];
  /** Values that stay float32. */
  readonly values: readonly string[];
  /** Elements worked on in float32, by the multiplications of the matrix operators; no more than 0.1. */
  readonly workShare: number;
}

export interface QuantizationReport {
  readonly schema: 'edgebeat/quantization-report';
  readonly version: 1;
  readonly model: string;
  readonly options: QuantizeSettings;
  /** Number of windows that ranges and corrections are from, and of those among them on which choices were measured. */
  readonly windows: { readonly calibration: number; readonly judged: number };
  readonly activations: readonly ActivationRecord[];
  readonly weights: readonly WrittenWeight[];
  /** With the weights that have one scale for its sake. */
  readonly sharedScales: SwitchRecord & { readonly weights: readonly string[] };
  readonly equalization: SwitchRecord & { readonly values: readonly EqualizedValue[] };
  readonly biasCorrection: SwitchRecord & { readonly operators: number };
  readonly islands: IslandRecord;
  /** Of the graph that is given out. */
  readonly error: QuantizationError;
  readonly seconds: number;
}
