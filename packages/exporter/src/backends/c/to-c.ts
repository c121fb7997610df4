/** An integer graph as C sources. */
import { ExportError } from '../../export-error.js';
import type { IntegerGraph } from '../../integer/integer-graph.js';
import { IntegerInterpreter } from '../../interpreter/integer-interpreter.js';
import { type CFigures, DEFAULT_ALIGNMENT, figuresOf, kernelsOf } from './figures.js';
import { programOf } from './program/program.js';
import { coreSources } from './source/core-sources.js';
import { modelNames } from './source/model-names.js';
import type { CTarget } from './source/targets.js';
import { writeHeader } from './source/write-header.js';
import { identityFiles } from './source/write-identity-model.js';
import { writeMakefile } from './source/write-makefile.js';
import { writeModel } from './source/write-model.js';
import { writeReadme } from './source/write-readme.js';
import { writeWeights, writeWeightsHeader } from './source/write-weights.js';

export interface COptions {
  /** Of the model: name, version and preprocessing become macros of model.h. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** Of the ONNX file, in hexadecimal digits. */
  readonly sha256?: string;
  /** Begins the names of functions, types and macros, so that several models go into one program; default `eb_model`. */
  readonly prefix?: string;
  /** What the Makefile compiles for; default `portable`. */
  readonly target?: CTarget;
  /** Of everything in the arena, in bytes, a power of two from 4 on; default 16. */
  readonly alignment?: number;
}

export interface CSources {
  /**
   * Texts by their path: model.h, model.c, weights.h, weights.c, Makefile, README.md, kernels/…, include/…; of networks that tell people
   * apart identity.h and identity.c, too.
   */
  readonly files: ReadonlyMap<string, string>;
  readonly figures: CFigures;
}

/**
 * Writes the graph as calls of the kernels of firmware-templates/core, which give the codes of the integer interpreter to the bit.
 * Memory is planned at export: no heap, one arena that the caller holds. Activations lie channels last.
 *
 * @returns the same texts for the same graph
 * @throws ExportError for a graph that contradicts itself, and for operations over more dimensions than kernels have loops
 */
export function toC(graph: IntegerGraph, options: COptions = {}): CSources {
  const {
    metadata = new Map<string, string>(),
    prefix = 'eb_model',
    target = 'portable',
    alignment = DEFAULT_ALIGNMENT,
  } = options;
  if (!/^[a-z][a-z0-9_]*$/.test(prefix)) {
    throw new ExportError(`prefix "${prefix}" is no C name`, 'use small letters, digits and underscores');
  }
  if (!(Number.isInteger(Math.log2(alignment)) && alignment >= 4)) {
    throw new ExportError(`an alignment of ${alignment} is not possible`, 'use a power of two from 4 on');
  }
  // Checks the graph: what it refuses has no meaning here either.
  new IntegerInterpreter(graph);
  const program = programOf(graph, prefix, alignment);
  const names = modelNames(program, prefix);
  const figures = figuresOf(program, alignment);
  const { name } = graph;
  const header = { name, metadata, sha256: options.sha256, alignment };
  const identity = identityFiles(program, names, header);
  const ofIdentity = identity.size > 0 ? (['eb_dequantize_s8'] as const) : [];
  const kernels = [...new Set([...kernelsOf(program), ...ofIdentity])].sort();
  const files = new Map([
    ['model.h', writeHeader(program, names, header)],
    ['model.c', writeModel(program, names)],
    ['weights.h', writeWeightsHeader(program.constants, names)],
    ['weights.c', writeWeights(program.constants)],
    ['Makefile', writeMakefile(target)],
    ['README.md', writeReadme(name, program, names, { figures, target, isForApp: identity.size > 0 })],
    ...identity,
    ...coreSources(kernels, [...identity.values()]),
  ]);
  return { files, figures };
}
