/** Layers, costs and memory of a model. */
import { type Graph, type Model, readMetadata } from '@edgebeat/graph';

import { readIntegerGraph } from '../integer/read-integer-graph.js';
import { floatSchedule } from './float-schedule.js';
import { INSPECT_SCHEMA, type InspectReport, type Layer } from './inspect-report.js';
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
  const isInt8 = isQuantized(model);
  const schedule = isInt8
    ? integerSchedule(readIntegerGraph(model), namesBehindPairs(model.graph))
    : floatSchedule(model.graph);
  const layers = layersOf(schedule);
  const total = (of: (layer: Layer) => number) => layers.reduce((sum, layer) => sum + of(layer), 0);
  const macs = total((layer) => layer.macs);
  const floats = layers.filter(({ isFloat }) => isFloat);
  const stored = (names: readonly string[]) => names.flatMap((name) => schedule.tensors.get(name) ?? []);
  return {
    schema: INSPECT_SCHEMA,
    model: readMetadata(model.metadata).name ?? model.graph.name,
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
  };
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
