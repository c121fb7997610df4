/** An integer graph as a C++ program for TensorFlow Lite Micro. */
import type { IntegerGraph } from '../../integer/integer-graph.js';
import { coreFolders } from '../c/source/core-sources.js';
import { describeTflite } from '../tflite/describe-tflite.js';
import type { BuiltinOperator } from '../tflite/schema/builtin-operators.js';
import { toTflite } from '../tflite/to-tflite.js';
import { type ArenaBound, arenaBound } from './arena-bound.js';
import { identityFiles } from './write-identity.js';
import { writeMakefile } from './write-makefile.js';
import { MODEL_DATA_HEADER, writeModelData } from './write-model-data.js';
import { operatorsOf, writeOperators } from './write-operators.js';
import { writeReadme } from './write-readme.js';

export interface TflmOptions {
  /** Of the model: it goes into the .tflite file, and tells how windows are prepared. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** Of the ONNX file, in hexadecimal digits. */
  readonly sha256?: string;
}

export interface TflmSources {
  /**
   * Texts and the model by their path: model.tflite, model_data.cc, operators.h, network.cc, Makefile, README.md; and, for a
   * network that tells people apart, identity.cc, main.cc, port.h and the firmware's core.
   */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly arena: ArenaBound;
  /** Those that the resolver has, in alphabetical order. */
  readonly operators: readonly BuiltinOperator[];
}

/** @throws ExportError for an operation that TFLite's operators cannot do */
export function toTflm(graph: IntegerGraph, { metadata = new Map(), sha256 = '' }: TflmOptions = {}): TflmSources {
  const model = toTflite(graph, { metadata });
  const description = describeTflite(model);
  const arena = arenaBound(description);
  const identity = identityFiles(description, { name: graph.name, metadata, sha256 });
  const hasApp = identity.size > 0;
  const ofCore = hasApp
    ? coreFolders('include', 'src', 'app')
    : new Map([...coreFolders('include')].filter(([path]) => KERNEL_HEADER.test(path)));
  const own = [...coreFolders('tflm')].map(([path, text]) => [path.replace(/^tflm\//, ''), text] as const);
  const files = new Map<string, string | Uint8Array>([
    ['model.tflite', model],
    ['model_data.h', MODEL_DATA_HEADER],
    ['model_data.cc', writeModelData(model)],
    ['operators.h', writeOperators(description, arena)],
    ...own.filter(([path]) => hasApp || /^network\./.test(path)),
    ...identity,
    ['Makefile', writeMakefile(hasApp)],
    ['README.md', writeReadme(graph.name, description, arena, hasApp)],
    ...[...ofCore].map(([path, text]) => [`core/${path}`, text] as const),
  ]);
  return { files, arena, operators: operatorsOf(description) };
}

/** What network.cc includes. */
const KERNEL_HEADER = /^include\/edgebeat\/kernels\/quantize\.h$/;
