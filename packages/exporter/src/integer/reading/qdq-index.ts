/** Who makes and who reads each value of a QDQ graph, and which constants and pairs it has. */
import {
  attributesOf,
  describeNode,
  type Graph,
  inferShapes,
  type Node,
  type NodeOf,
  type Tensor,
  type TensorType,
} from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import type { Quantization } from '../integer-graph.js';

/** The codes of a QuantizeLinear, and the values that DequantizeLinear nodes make of them again. */
export interface Pair {
  readonly quantize: Node;
  readonly quantization: Quantization;
  /** Values made from the codes; the first names the tensor. */
  readonly values: readonly string[];
}

/** A constant of codes: an initializer behind DequantizeLinear. */
export interface QuantizedConstant {
  readonly initializer: Tensor;
  readonly quantization: Quantization;
}

export class QdqIndex {
  readonly graph: Graph;
  readonly #types: ReadonlyMap<string, TensorType>;
  readonly #initializers: ReadonlyMap<string, Tensor>;
  readonly #makers = new Map<string, Node>();
  readonly #readers = new Map<string, Node[]>();
  readonly #outputs: ReadonlySet<string>;

  /** @param graph of batch 1. @throws GraphError for a graph that is not valid. */
  constructor(graph: Graph) {
    this.graph = graph;
    this.#types = inferShapes(graph);
    this.#initializers = new Map(graph.initializers.map((one) => [one.name, one]));
    this.#outputs = new Set(graph.outputs.map(({ name }) => name));
    for (const node of graph.nodes) {
      for (const name of node.outputs) this.#makers.set(name, node);
      for (const name of new Set(node.inputs)) this.#readers.set(name, [...(this.#readers.get(name) ?? []), node]);
    }
  }

  shapeOf(value: string): readonly number[] {
    return this.#types.get(value)!.shape as readonly number[];
  }

  /** The only node that reads a value that is no graph output. */
  onlyReader(value: string): Node | undefined {
    const readers = this.#readers.get(value) ?? [];
    return readers.length === 1 && !this.#outputs.has(value) ? readers[0] : undefined;
  }

  /** An initializer of float32. */
  realConstant(value: string): Tensor | undefined {
    const constant = this.#initializers.get(value);
    return constant?.dtype === 'float32' ? constant : undefined;
  }

  /** An initializer of codes that this value is dequantized from. */
  quantizedConstant(value: string): QuantizedConstant | undefined {
    const maker = this.#makers.get(value);
    if (maker?.operator !== 'DequantizeLinear') return undefined;
    const initializer = this.#initializers.get(maker.inputs[0]!);
    return initializer && { initializer, quantization: this.quantizationOf(maker) };
  }

  isConstant(value: string): boolean {
    return this.#initializers.has(value) || this.quantizedConstant(value) !== undefined;
  }

  /** The integers of a constant input: axes, starts, indices. */
  constant(value: string): Tensor | undefined {
    return this.#initializers.get(value);
  }

  /** @throws ExportError for codes that go anywhere but to DequantizeLinear nodes with the same parameters. */
  pairOf(quantize: Node): Pair {
    const [codes] = quantize.outputs as [string];
    const quantization = this.quantizationOf(quantize);
    const readers = this.#readers.get(codes) ?? [];
    const other = readers.find(
      (node) => node.operator !== 'DequantizeLinear' || !isEqual(this.quantizationOf(node), quantization),
    );
    if (other || this.#outputs.has(codes) || readers.length === 0) {
      throw new ExportError(
        `${describeNode(other ?? quantize)}: codes of "${quantize.inputs[0]}" are read by something else than DequantizeLinear with the same parameters`,
        'write QuantizeLinear and DequantizeLinear in pairs, as edgebeat export does',
      );
    }
    return { quantize, quantization, values: readers.map(({ outputs }) => outputs[0]!) };
  }

  /** Scale and zero point of a QuantizeLinear or DequantizeLinear. */
  quantizationOf(node: Node): Quantization {
    const [data, scaleName, zeroPointName = ''] = node.inputs as [string, string, string?];
    const [scale, zeroPoint] = [this.#initializers.get(scaleName), this.#initializers.get(zeroPointName)];
    if (scale?.dtype !== 'float32' || (zeroPointName !== '' && zeroPoint === undefined)) {
      throw new ExportError(`${describeNode(node)}: scale or zero point is no constant`, 'fold constants first');
    }
    const points = zeroPoint ? Array.from(zeroPoint.data as ArrayLike<number>) : [0];
    const isInt8 = zeroPoint === undefined || zeroPoint.dtype === 'int8' || zeroPoint.dtype === 'int32';
    if (!isInt8 || points.some((point) => point !== points[0])) {
      throw new ExportError(
        `${describeNode(node)}: codes are ${zeroPoint?.dtype}, or have several zero points`,
        'int8 codes with one zero point are supported',
      );
    }
    const { axis } = attributesOf(node as NodeOf<'DequantizeLinear'>);
    const rank = this.shapeOf(data).length;
    const quantization = { scales: scale.data as Float32Array, zeroPoint: points[0]! };
    return scale.data.length === 1 ? quantization : { ...quantization, axis: axis < 0 ? axis + rank : axis };
  }
}

/** Whether codes mean the same under both. */
export function isEqual(a: Quantization, b: Quantization): boolean {
  return (
    a.zeroPoint === b.zeroPoint &&
    a.scales.length === b.scales.length &&
    a.scales.every((scale, index) => scale === b.scales[index]) &&
    (a.scales.length === 1 || a.axis === b.axis)
  );
}
