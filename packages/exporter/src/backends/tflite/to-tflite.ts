/** An integer graph as a .tflite file. */
import type { AnyOperation, IntegerGraph } from '../../integer/integer-graph.js';
import type { OperationName } from '../../integer/operations.js';
import { LoweringContext } from './graph/lowering-context.js';
import type { NamedTensor, TfliteGraph } from './graph/tflite-graph.js';
import { natural } from './layout/layout.js';
import { LOWERINGS } from './lowerings/index.js';
import type { Lowering } from './lowerings/lowering.js';
import { reshapeBeforeSlice } from './rewrites/reshape-before-slice.js';
import { minimumRuntime } from './schema/operator-version.js';
import { writeModel } from './schema/write-model.js';

export interface TfliteOptions {
  /** Of the model; stands as JSON in the metadata `edgebeat`. */
  readonly metadata?: ReadonlyMap<string, string>;
  readonly description?: string;
}

/** Name of the metadata with the model's own. */
export const TFLITE_METADATA = 'edgebeat';

/**
 * Writes the graph with built-in operators that LiteRT and TensorFlow Lite Micro have. Inputs and outputs have the names, shapes
 * and codes of the graph; what lies between is laid out with the channels last.
 *
 * @returns the bytes of a .tflite file, schema version 3, the same for the same graph
 * @throws ExportError for an operation that TFLite's operators cannot do.
 */
export function toTflite(graph: IntegerGraph, options: TfliteOptions = {}): Uint8Array {
  const lowered = lower(graph);
  const texts = new TextEncoder();
  const metadata = new Map([['min_runtime_version', texts.encode(minimumRuntime(lowered.operators).padEnd(16, '\0'))]]);
  if (options.metadata) {
    metadata.set(TFLITE_METADATA, texts.encode(JSON.stringify(Object.fromEntries(options.metadata))));
  }
  return writeModel(lowered, { description: options.description ?? graph.name, metadata });
}

function lower(graph: IntegerGraph): TfliteGraph {
  const context = new LoweringContext(reshapeBeforeSlice(graph));
  const inputs = graph.inputs.map((name) => {
    const tensor = context.define(name, natural(context.shapeOf(name).length));
    context.builder.rename(tensor, name);
    return { name, tensor };
  });
  for (const operation of context.graph.operations) lowerOperation(context, operation);
  return context.builder.build(graph.name, inputs, outputsOf(context, inputs));
}

function lowerOperation(context: LoweringContext, operation: AnyOperation): void {
  (LOWERINGS[operation.operator] as Lowering<OperationName>)(context, operation);
}

/** Each output as a tensor of its own, in ONNX's layout. */
function outputsOf(context: LoweringContext, inputs: readonly NamedTensor[]): NamedTensor[] {
  const taken = new Set(inputs.map(({ tensor }) => tensor));
  return context.graph.outputs.map(({ name, tensor }) => {
    const index = ownTensor(context, tensor, taken);
    taken.add(index);
    context.builder.rename(index, name);
    return { name, tensor: index };
  });
}

/** A copy where the tensor is an input, a constant or another output already. */
function ownTensor(context: LoweringContext, name: string, taken: ReadonlySet<number>): number {
  const layout = natural(context.shapeOf(name).length);
  const index = context.view(name, layout);
  if (!taken.has(index) && !context.isConstant(name)) return index;
  const copy = context.temporary(name, layout);
  context.reshape(index, copy);
  return copy;
}
