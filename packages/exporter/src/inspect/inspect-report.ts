/** What is known of a model without running it, in the form that `--json` prints and the page shows. Plain JSON. */
import type { BoardsFit } from '../fit/fit-boards.js';
import type { MemoryUse } from './memory.js';
import type { StoredTensor } from './schedule.js';

export const INSPECT_SCHEMA = 'edgebeat.inspect/1';

/** One step of inference, for one window. */
export interface Layer {
  /** Of the ONNX node; in an int8 graph, of what it makes. */
  readonly name: string;
  readonly operator: string;
  /** Names of the activations that it reads. */
  readonly inputs: readonly string[];
  readonly outputs: readonly StoredTensor[];
  /** Learnt numbers that no earlier layer reads. */
  readonly parameters: number;
  readonly macs: number;
  /** Of constants that no earlier layer reads, as stored, scales and tables of int8 graphs included. */
  readonly weightBytes: number;
  /** Of its outputs. */
  readonly activationBytes: number;
  /** Whether it computes with float32 numbers. */
  readonly isFloat: boolean;
}

export interface InspectReport {
  readonly schema: typeof INSPECT_SCHEMA;
  /** `edgebeat.name` of the model's metadata, otherwise the graph's name. */
  readonly model: string;
  /** What it computes with: an int8 graph may have float32 layers in it. */
  readonly numbers: 'float32' | 'int8';
  readonly inputs: readonly StoredTensor[];
  readonly outputs: readonly StoredTensor[];
  /** In the order in which they run; those of an int8 graph are the steps of integer inference. */
  readonly layers: readonly Layer[];
  readonly totals: {
    readonly parameters: number;
    readonly macs: number;
    readonly weightBytes: number;
  };
  /** Step for step, as the layers. */
  readonly memory: MemoryUse;
  /** Float32 layers of an int8 graph, without those that lead from codes to real numbers and back. */
  readonly islands?: {
    readonly layers: readonly string[];
    /** Share of all multiply-accumulates. */
    readonly macShare: number;
  };
  /** Firmware with the network in C, board for board, or why nothing can be said. */
  readonly fit: BoardsFit | NoFit;
}

export interface NoFit {
  readonly reason: string;
  readonly hint: string;
}

export function isFit(fit: BoardsFit | NoFit): fit is BoardsFit {
  return 'boards' in fit;
}
