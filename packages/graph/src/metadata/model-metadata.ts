/**
 * What every edgebeat model file says about itself, in ONNX metadata under `edgebeat.*`. The runtime obeys it. Values that
 * are no plain word or number are JSON with exactly the fields listed here. In exported int8 files long ones are packed: behind
 * `deflate:` stands the JSON, deflated (RFC 1951) and in base64.
 *
 * | key | value |
 * |---|---|
 * | `edgebeat.name` | name of the model: `baseline-cosine` |
 * | `edgebeat.version` | version of the weights: `1.0.0` |
 * | `edgebeat.rate` | sampling rate the model wants, in Hz: `250` |
 * | `edgebeat.window` | what one input window is: see `ModelWindow` |
 * | `edgebeat.normalize` | `min-max`, `z-score` or `none`: see `Normalization` |
 * | `edgebeat.classes` | names of classes per output: `{"logits":["Person_01","Person_02"]}` |
 * | `edgebeat.training` | what it was trained on: see `Training` |
 * | `edgebeat.metrics` | what it reached: a list of `Metric` |
 * | `edgebeat.thresholds` | decision thresholds for verification: a list of `VerificationThreshold` |
 * | `edgebeat.ranges` | of a float model that was trained for int8: the ranges of its activations, by the names of their values: `{"stem.relu":{"least":0,"most":6.1}}` |
 */
import type { ActivationRange } from '../quantization/activation-range.js';

/**
 * One window of input. An identity window is `beats` consecutive beats of `before` samples before and `after` samples from
 * the R peak on (shape `[beats, before + after]`): `{"kind":"identity","beats":3,"before":150,"after":150}`. An activity
 * window is `samples` consecutive samples of signal: `{"kind":"activity","samples":1000}`. All at `edgebeat.rate`.
 */
export type ModelWindow =
  | { readonly kind: 'identity'; readonly beats: number; readonly before: number; readonly after: number }
  | { readonly kind: 'activity'; readonly samples: number };

/**
 * How each beat (identity) or window (activity) is scaled before the model: to the range 0 … 1, to mean 0 and standard
 * deviation 1, or not at all (millivolts).
 */
export type Normalization = 'min-max' | 'z-score' | 'none';

export interface Training {
  /** Names of the data sets: `["ecg-id"]`; empty for a model without learning. */
  readonly data: readonly string[];
  /**
   * Every training record as `data set/record`, so that nobody evaluates on them: `["ecg-id/Person_01/rec_1"]`. Where only a part
   * of a record was used, `[from,to)` stands behind it, fractions of the recorded duration (recorded samples, gaps not counted):
   * `kalouskova/01/01_01_beh[0,0.7)` is the first 70 % of that record.
   */
  readonly records: readonly string[];
}

/** One figure; rates are fractions of 1. */
export interface Metric {
  /** `accuracy`, `eer`, `rank1`, … */
  readonly name: string;
  /** Protocol of the evaluation: `ecg-id/other-record`. */
  readonly protocol: string;
  readonly value: number;
  /** 95 % interval over subjects. */
  readonly low: number;
  readonly high: number;
  /** Number of subjects. */
  readonly subjects: number;
}

export interface VerificationThreshold {
  /** Accept from this cosine similarity on, or up to this Euclidean distance. */
  readonly metric: 'cosine' | 'euclidean';
  readonly value: number;
  /** The false match rate it was chosen for, a fraction of 1. */
  readonly fmr: number;
  /** Data and protocol it was chosen on: `heartprint/cross-session`. */
  readonly data: string;
  /** Number of windows whose embeddings are averaged for one decision. */
  readonly windows: number;
}

/** The metadata of a model; a key that the file does not have is absent. */
export interface ModelMetadata {
  readonly name?: string;
  readonly version?: string;
  /** Hz. */
  readonly rate?: number;
  readonly window?: ModelWindow;
  readonly normalize?: Normalization;
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  readonly training?: Training;
  readonly metrics?: readonly Metric[];
  readonly thresholds?: readonly VerificationThreshold[];
  /** What int8 codes are to span, for the weights have learnt to do with them (see `quantizedValues`). */
  readonly ranges?: Readonly<Record<string, ActivationRange>>;
}
