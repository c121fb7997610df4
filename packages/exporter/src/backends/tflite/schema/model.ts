/** The tables Model, SubGraph, Buffer, Metadata and SignatureDef. */
import type { Fields } from './table.js';

/** First version in which constants stand in buffers of the model; still the current one. */
export const SCHEMA_VERSION = 3;
export const FILE_IDENTIFIER = 'TFL3';

export const MODEL = {
  version: { slot: 0, kind: 'int32' },
  operatorCodes: { slot: 1, kind: 'offset' },
  subgraphs: { slot: 2, kind: 'offset' },
  description: { slot: 3, kind: 'offset' },
  buffers: { slot: 4, kind: 'offset' },
  metadata: { slot: 6, kind: 'offset' },
  signatures: { slot: 7, kind: 'offset' },
} as const satisfies Fields;

export const SUB_GRAPH = {
  tensors: { slot: 0, kind: 'offset' },
  inputs: { slot: 1, kind: 'offset' },
  outputs: { slot: 2, kind: 'offset' },
  operators: { slot: 3, kind: 'offset' },
  name: { slot: 4, kind: 'offset' },
} as const satisfies Fields;

export const BUFFER = { data: { slot: 0, kind: 'offset' } } as const satisfies Fields;

export const METADATA = {
  name: { slot: 0, kind: 'offset' },
  buffer: { slot: 1, kind: 'int32' },
} as const satisfies Fields;

export const TENSOR_MAP = {
  name: { slot: 0, kind: 'offset' },
  tensor: { slot: 1, kind: 'int32' },
} as const satisfies Fields;

export const SIGNATURE = {
  inputs: { slot: 0, kind: 'offset' },
  outputs: { slot: 1, kind: 'offset' },
  key: { slot: 2, kind: 'offset' },
  subgraph: { slot: 4, kind: 'int32' },
} as const satisfies Fields;

/** The signature that interpreters look for where none is asked for. */
export const DEFAULT_SIGNATURE = 'serving_default';
