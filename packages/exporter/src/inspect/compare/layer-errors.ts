/** What int8 costs each layer, in the form that `--json` prints and the page shows. Plain JSON. */
import type { CodeUseFigures } from './code-use.js';
import type { ErrorFigures } from './error-statistics.js';

export const LAYER_ERRORS_SCHEMA = 'edgebeat.layer-errors/1';

/** A value that the int8 graph holds as codes. */
export interface LayerError {
  /** Name of the value in the float network. */
  readonly value: string;
  /** The node that makes it; its operator is `input` for what the caller gives. */
  readonly node: string;
  readonly operator: string;
  /** Where it stands in the network, from 0 on. */
  readonly position: number;
  readonly scale: number;
  readonly zeroPoint: number;
  /** Whether the quantizer scaled its channels (equalization): then the float network's values are taken scaled alike. */
  readonly isScaled: boolean;
  /** The int8 graph as a whole against the float network, at this value. */
  readonly cumulated: ErrorFigures;
  /**
   * This layer alone: what it reads are the float network's values, rounded to their codes; its weights are int8, and its result is
   * rounded to codes. So the errors of the layers before it do not count, those of its own inputs' rounding do.
   */
  readonly local: ErrorFigures;
  readonly codes: CodeUseFigures;
}

export interface LayerErrors {
  readonly schema: typeof LAYER_ERRORS_SCHEMA;
  /** How many windows it rests on. */
  readonly windows: number;
  /** By their own error, the worst first. */
  readonly layers: readonly LayerError[];
}
