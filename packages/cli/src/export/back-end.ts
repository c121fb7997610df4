/** What `edgebeat export` has to know of a back end. */
import type { Answers, CTarget, IntegerGraph } from '@edgebeat/exporter';
import type { Model, ModelMetadata, ModelWindow } from '@edgebeat/graph';
import type { InterpreterAnswers } from './interpreter-answers.js';

/** What a back end may read. */
export interface ExportSources {
  /** Of the files. */
  readonly name: string;
  readonly metadata: ModelMetadata;
  /** Prepared, float32. */
  readonly float: Model;
  /** With pairs of QuantizeLinear and DequantizeLinear; there for back ends with `numbers: 'int8'`. */
  readonly int8: Model | undefined;
  /** How the int8 graph is read; there with it. */
  readonly integer: IntegerGraph | undefined;
  /** What that answers by the integer interpreter; there with it. */
  readonly interpreted: InterpreterAnswers | undefined;
  /** What C is compiled for. */
  readonly target: CTarget;
}

/** A model in the form of a back end. */
export interface Artefact {
  /** What is named to load it, relative to the folder. */
  readonly file: string;
  /** All files, by their paths relative to the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * What it answers to windows, computed as its user will have it computed, or to the same bits. They may be drawn while an engine
   * is being loaded; it rejects where they do.
   */
  readonly answers: (windows: Promise<readonly Float32Array[]>, onProgress: (done: number) => void) => Promise<Answers>;
}

export interface BackEnd {
  /** As `--to` names it. */
  readonly kind: string;
  readonly description: string;
  readonly numbers: 'float32' | 'int8';
  /** Windows that it is compared with the float model on, at most: what computes slowly has fewer. */
  readonly mostWindows: number;
  /** Whether what writes it is installed; asked before anything is computed. @throws ExportError where it is not. */
  readonly require?: () => unknown;
  /** @throws ExportError for a model that cannot be written in this form. */
  readonly write: (sources: ExportSources) => Artefact | Promise<Artefact>;
  /** How the artefact is run. @param path of its file */
  readonly command: (path: string, metadata: ModelMetadata) => string;
}

/** @throws Error for back ends that read int8 graphs and are given none: a mistake of the caller. */
export function int8Of({ int8, integer, interpreted }: ExportSources): {
  readonly int8: Model;
  readonly integer: IntegerGraph;
  readonly interpreted: InterpreterAnswers;
} {
  if (int8 === undefined || integer === undefined || interpreted === undefined)
    throw new Error('there is no int8 graph');
  return { int8, integer, interpreted };
}

/** The option of `edgebeat run` that takes a model of such windows. */
export function modelOption({ kind }: ModelWindow): string {
  return kind === 'identity' ? '--model' : '--activity-model';
}
