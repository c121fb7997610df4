/** Models of half the size: large initializers as float16, widened again when the model is loaded; and the way back. */
import { dataTypeCode } from '../data-type.js';
import type { Graph, Model, Node } from '../model.js';
import { elementCount, type Tensor, tensor } from '../tensor.js';
import { halfOf, valueOfHalf } from './half.js';

/** Elements from which on it is worth a node. */
const LARGE = 1024;

/**
 * Stores every float32 initializer of 1,024 elements or more as float16, rounded to nearest, and puts a Cast to float32 behind it:
 * all arithmetic stays float32, and onnxruntime does the Cast once, while loading. A tensor that float16 cannot hold (beyond
 * ±65,504, or not finite) stays as it is.
 *
 * @returns a model with the same inputs and outputs; the tensors keep their names after the Cast.
 */
export function toHalfPrecision(model: Model): Model {
  const { graph } = model;
  const initializers: Tensor[] = [];
  const casts: Node[] = [];
  for (const initializer of graph.initializers) {
    const half = halved(initializer);
    initializers.push(half ?? initializer);
    if (half === undefined) continue;
    casts.push({
      name: `${initializer.name}/widen`,
      operator: 'Cast',
      inputs: [half.name],
      outputs: [initializer.name],
      attributes: new Map([['to', { kind: 'int', value: dataTypeCode('float32') }]]),
    });
  }
  const halvedGraph: Graph = { ...graph, initializers, nodes: [...casts, ...graph.nodes] };
  return { ...model, graph: halvedGraph };
}

/** Largest finite float16. */
const HIGHEST = 65_504;

function halved({ name, dtype, shape, data }: Tensor): Tensor | undefined {
  if (dtype !== 'float32' || elementCount(shape) < LARGE) return undefined;
  const values = data as Float32Array;
  if (!values.every((value) => Math.abs(value) <= HIGHEST)) return undefined;
  return tensor(`${name}/half`, 'float16', shape, Uint16Array.from(values, halfOf));
}

/**
 * The way back: initializers of float16 that nothing but a Cast to float32 reads become float32 initializers of that node's output,
 * and the node goes. The same numbers, in a graph as it is trained and built.
 */
export function toSinglePrecision(model: Model): Model {
  const { graph } = model;
  const halves = new Map(graph.initializers.flatMap((one) => (one.dtype === 'float16' ? [[one.name, one]] : [])));
  const readers = new Map<string, number>();
  for (const name of [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ name }) => name)])
    readers.set(name, (readers.get(name) ?? 0) + 1);
  const widened = new Map<string, Tensor>();
  // There are fewer patterns than weights.
  const values = Float32Array.from({ length: 0x10000 }, (_, pattern) => valueOfHalf(pattern));
  const isWidening = (node: Node) => {
    const [input = '', output = ''] = [node.inputs[0], node.outputs[0]];
    const half = halves.get(input);
    const target = node.operator === 'Cast' ? node.attributes.get('to')?.value : undefined;
    if (half === undefined || target !== dataTypeCode('float32') || readers.get(input) !== 1) return false;
    widened.set(
      input,
      tensor(
        output,
        'float32',
        half.shape,
        new Float32Array(half.data).map((code) => values[code]!),
      ),
    );
    return true;
  };
  const nodes = graph.nodes.filter((node) => !isWidening(node));
  const initializers = graph.initializers.map((initializer) => widened.get(initializer.name) ?? initializer);
  return { ...model, graph: { ...graph, initializers, nodes } };
}
