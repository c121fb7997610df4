/** What int8 costs by a protocol: the float model and its int8 graph, evaluated alike. */
import type { ModelMetadata } from '@edgebeat/graph';
import { type Figure, type Figures, usualProtocols } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import { evaluateApart } from '../evaluate/evaluate-apart.js';
import type { ProtocolFigures } from './artefact-report.js';

/** Figures worth a line; the first that a protocol has stands for the others. */
const mainFigures = [
  'eerAcross',
  'activity',
  'accuracy',
  'rank1',
  'eer',
  'identity',
  'eerWithin',
  'fnmrAtFmr100Across',
];

export interface ProtocolRequest {
  /** A name, `usual`, `none`, or undefined for none. */
  readonly protocol: string | undefined;
  /** Undefined without recordings. */
  readonly data: string | undefined;
  readonly metadata: ModelMetadata;
}

/**
 * @returns the protocol to evaluate by: the one that is named, the usual one of the model's windows where `usual` is asked for; undefined
 * for none.
 * @throws UsageError for a protocol without recordings, and for `usual` of a model that does not tell its windows.
 */
export function chosenProtocol({ protocol, data, metadata }: ProtocolRequest): string | undefined {
  if (protocol === undefined || protocol === 'none') return undefined;
  if (data === undefined) {
    throw new UsageError(
      `${protocol} wants recordings, and none are given`,
      'name their folder by --data (or the variable EDGEBEAT_DATA)',
    );
  }
  if (protocol !== USUAL) return protocol;
  if (metadata.window) return usualProtocols[metadata.window.kind];
  throw new UsageError(
    'the model does not say what windows it takes (edgebeat.window)',
    'name a protocol by --protocol',
  );
}

/** Word for whatever protocol a model is usually evaluated by. */
export const USUAL = 'usual';

export interface FiguresInput {
  readonly protocol: string;
  readonly dataDir: string;
  /** Of the `.onnx` files. */
  readonly float: string | Uint8Array;
  readonly int8: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (which: 'float32' | 'int8', done: number, total: number) => void;
}

/** @throws what `evaluate` throws; the signal's reason once it is aborted. */
export async function protocolFigures(input: FiguresInput): Promise<ProtocolFigures> {
  const { protocol, dataDir, signal, onProgress } = input;
  const evaluated = async (which: 'float32' | 'int8', model: string | Uint8Array) => {
    const control = { signal, onProgress: (done: number, total: number) => onProgress(which, done, total) };
    return mainOf((await evaluateApart({ model, protocol, dataDir, seed: 1 }, control)).metrics);
  };
  const float = await evaluated('float32', input.float);
  const int8 = input.int8 === undefined ? null : await evaluated('int8', input.int8);
  return { protocol, metric: Object.keys(float)[0]!, float, int8 };
}

function mainOf(figures: Figures): Record<string, Figure> {
  const found = mainFigures.filter((name) => name in figures);
  const names = found.length > 0 ? found : Object.keys(figures).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, figures[name]!]));
}
