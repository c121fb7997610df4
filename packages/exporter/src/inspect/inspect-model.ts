/** Layers, costs and memory of a model. */
import { type Graph, type Model, readMetadata } from '@edgebeat/graph';

import { ExportError } from '../export-error.js';
import { type BoardsFit, fitBoards } from '../fit/fit-boards.js';
import type { IntegerGraph } from '../integer/integer-graph.js';
import { readIntegerGraph } from '../integer/read-integer-graph.js';
import { floatSchedule } from './float-schedule.js';
import { INSPECT_SCHEMA, type InspectReport, type Layer, type NoFit } from './inspect-report.js';
import { integerSchedule, isBoundary } from './integer-schedule.js';
import { memoryOver } from './memory.js';
import type { Schedule } from './schedule.js';

/** Whether a model's graph holds codes: whether there is a DequantizeLinear in it. */
export function isQuantized({ graph }: Model): boolean {
  return graph.nodes.some(({ operator }) => operator === 'DequantizeLinear');
}

/**
 * Looks at a float model node by node, at an int8 one (QuantizeLinear and DequantizeLinear pairs) as the steps of integer inference
 * that back ends make of it.
 *
 * @throws GraphError for a graph whose shapes cannot be inferred, or malformed metadata; ExportError for a quantized graph that is
 * no integer graph.
 */
export function inspectModel(model: Model): InspectReport {
  const integer = isQuantized(model) ? readIntegerGraph(model) : undefined;
  const isInt8 = integer !== undefined;
  const schedule = integer ? integerSchedule(integer, namesBehindPairs(model.graph)) : floatSchedule(model.graph);
  const layers = layersOf(schedule);
  const total = (of: (layer: Layer) => number) => layers.reduce((sum, layer) => sum + of(layer), 0);
  const macs = total((layer) => layer.macs);
  const floats = layers.filter(({ isFloat }) => isFloat);
  const stored = (names: readonly string[]) => names.flatMap((name) => schedule.tensors.get(name) ?? []);
  const { name = model.graph.name, window } = readMetadata(model.metadata);
  return {
    schema: INSPECT_SCHEMA,
    model: name,
    numbers: isInt8 ? 'int8' : 'float32',
    inputs: stored(schedule.inputs),
    outputs: stored(schedule.outputs),
    layers,
    totals: { parameters: total((layer) => layer.parameters), macs, weightBytes: total((layer) => layer.weightBytes) },
    memory: memoryOver(schedule),
    ...(isInt8 && {
      islands: {
        layers: floats.filter(({ operator }) => !isBoundary(operator)).map(({ name }) => name),
        macShare: macs === 0 ? 0 : floats.reduce((sum, layer) => sum + layer.macs, 0) / macs,
      },
    }),
    fit: integer ? fitOf(integer, window?.kind) : FLOAT_FIT,
  };
}

const FLOAT_FIT: NoFit = {
  reason: 'firmware runs int8 networks, and this one is float32',
  hint: 'edgebeat export MODEL --to onnx-int8 --out FOLDER, then edgebeat inspect FOLDER/NAME.int8.onnx',
};

function fitOf(graph: IntegerGraph, windows: 'identity' | 'activity' | undefined): BoardsFit | NoFit {
  try {
    return fitBoards(graph, windows);
  } catch (error) {
    // What has no C can be looked at all the same.
    if (error instanceof ExportError) return { reason: error.message, hint: error.hint };
    throw error;
  }
}

/**
 * What comes behind a pair of QuantizeLinear and DequantizeLinear has the name that the float network gave the value; what goes in
 * may be called anything.
 */
function namesBehindPairs({ nodes, inputs }: Graph): (tensor: string) => string {
  const own = new Set(inputs.map(({ name }) => name));
  const of = (wanted: string) => nodes.filter(({ operator }) => operator === wanted);
  const quantized = new Map(of('QuantizeLinear').map((node) => [node.outputs[0]!, node.inputs[0]!]));
  const names = new Map<string, string>();
  for (const {
    inputs: [codes],
    outputs: [behind],
  } of of('DequantizeLinear')) {
    const before = quantized.get(codes!);
    if (before !== undefined && !own.has(before) && !names.has(before)) names.set(before, behind!);
  }
  return (tensor) => names.get(tensor) ?? tensor;
}

function layersOf({ steps, tensors }: Schedule): Layer[] {
  return steps.map(({ name, operator, inputs, outputs, parameters, macs, weightBytes, isFloat }) => {
    const made = outputs.map((output) => tensors.get(output)!);
    const activationBytes = made.reduce((sum, { bytes }) => sum + bytes, 0);
    return { name, operator, inputs, outputs: made, parameters, macs, weightBytes, activationBytes, isFloat };
  });
}
