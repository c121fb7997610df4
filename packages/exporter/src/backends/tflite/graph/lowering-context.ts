/**
 * What lowerings work with: the tensors of the integer graph as tensors of the file, in the layout that is asked for. Each tensor
 * is written once, at home in one layout; where another one is needed, a RESHAPE or TRANSPOSE is added, once.
 */
import { ExportError } from '../../../export-error.js';
import type { AnyOperation, IntegerGraph, IntegerTensor, Quantization } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import { conversion, inLayout } from '../layout/conversion.js';
import { isSameBytes, isSameTensor, type Layout, natural, shapeInFile } from '../layout/layout.js';
import { lastTwoSwapped, preferredLayouts } from '../layout/preferred-layouts.js';
import { TfliteGraphBuilder } from './graph-builder.js';
import type { TensorQuantization, TfliteTensor } from './tflite-graph.js';

const MOVES: ReadonlySet<OperationName> = new Set([
  'Reshape',
  'Transpose',
  'Slice',
  'Concat',
  'Gather',
  'Pad',
  'Expand',
]);

/** A tensor of the graph as it lies in the file. */
interface View {
  readonly layout: Layout;
  readonly index: number;
}

export class LoweringContext {
  readonly graph: IntegerGraph;
  readonly builder = new TfliteGraphBuilder();
  /** The first view of each tensor is its home. */
  readonly #views = new Map<string, View[]>();
  readonly #preferred: ReadonlyMap<string, Layout>;
  readonly #readers: ReadonlyMap<string, readonly AnyOperation[]>;
  readonly #producers: ReadonlyMap<string, AnyOperation>;

  constructor(graph: IntegerGraph) {
    this.graph = graph;
    this.#preferred = preferredLayouts(graph);
    this.#readers = readersIn(graph);
    this.#producers = new Map(
      graph.operations.flatMap((operation) => operation.outputs.map((output) => [output, operation])),
    );
  }

  tensorOf(name: string): IntegerTensor {
    return this.graph.tensors.get(name)!;
  }

  shapeOf(name: string): readonly number[] {
    return this.tensorOf(name).shape;
  }

  /** @throws ExportError where it is a float32 tensor. */
  quantizationOf(name: string): Quantization {
    const tensor = this.tensorOf(name);
    if (tensor.dtype === 'float32') throw new ExportError(`tensor "${name}" is float32`, 'int8 is needed here');
    return tensor.quantization;
  }

  /** Whether both are codes of one scale and zero point. */
  isOneQuantization(a: string, b: string): boolean {
    if (this.tensorOf(a).dtype === 'float32' || this.tensorOf(b).dtype === 'float32') return false;
    const [x, y] = [this.quantizationOf(a), this.quantizationOf(b)];
    return x.scales[0] === y.scales[0] && x.zeroPoint === y.zeroPoint;
  }

  isConstant(name: string): boolean {
    return this.tensorOf(name).data !== undefined;
  }

  isOutput(name: string): boolean {
    return this.graph.outputs.some(({ tensor }) => tensor === name);
  }

  readersOf(name: string): readonly AnyOperation[] {
    return this.#readers.get(name) ?? [];
  }

  producerOf(name: string): AnyOperation | undefined {
    return this.#producers.get(name);
  }

  /** In which layout its readers want it. */
  preferredLayoutOf(name: string): Layout | undefined {
    return this.#preferred.get(name);
  }

  /** Whether its readers can do with this layout: they want it or do not care. BATCH_MATMUL multiplies by either order. */
  suits(name: string, layout: Layout): boolean {
    const shape = this.shapeOf(name);
    const isFactor = this.readersOf(name).every(({ operator, inputs }) => operator === 'MatMul' && inputs[0] !== name);
    const wanted = isFactor ? [natural(shape.length), lastTwoSwapped(shape.length)] : [this.preferredLayoutOf(name)];
    return wanted.some((other) => other === undefined || isSameBytes(other, layout, shape));
  }

  /** In which layout it lies; undefined for a constant, which lies as it is asked for. */
  layoutOf(name: string): Layout | undefined {
    return this.#views.get(name)?.[0]?.layout;
  }

  /** The layout it lies in, that its readers want, or ONNX's. */
  anyLayoutOf(name: string): Layout {
    return this.layoutOf(name) ?? this.preferredLayoutOf(name) ?? natural(this.shapeOf(name).length);
  }

  /** Index of the tensor in this layout, converted where it lies otherwise. */
  view(name: string, layout: Layout): number {
    const tensor = this.tensorOf(name);
    if (tensor.data !== undefined) return this.constant(tensor, layout);
    const views = this.#views.get(name)!;
    const same = views.find((view) => isSameTensor(view.layout, layout, tensor.shape));
    if (same) return same.index;
    const source = views.find((view) => isSameBytes(view.layout, layout, tensor.shape)) ?? views[0]!;
    const index = this.#convert(tensor, source, layout);
    views.push({ layout, index });
    return index;
  }

  /** A tensor with data, in this layout. It has no name: what it is to its operator says more. */
  constant(tensor: IntegerTensor, layout: Layout): number {
    return this.builder.constant({
      ...described(tensor, layout),
      data: inLayout(tensor.data!, tensor.shape, layout),
    });
  }

  #convert(tensor: IntegerTensor, source: View, layout: Layout): number {
    return conversion(source.layout, layout, tensor.shape).reduce((input, step) => {
      const output = this.builder.tensor({ ...described(tensor, layout), shape: step.shape });
      if (step.kind === 'reshape') this.reshape(input, output);
      else {
        const perm = this.builder.int32s(step.perm);
        this.builder.operator('TRANSPOSE', [input, perm], output);
      }
      return output;
    }, source.index);
  }

  /** Index of a tensor that has the bytes of ONNX's order, whatever its shape. */
  inOrder(name: string): number {
    const { shape, data } = this.tensorOf(name);
    const layout = natural(shape.length);
    const same =
      data === undefined ? this.#views.get(name)!.find((view) => isSameBytes(view.layout, layout, shape)) : undefined;
    return same?.index ?? this.view(name, layout);
  }

  /** Adds a RESHAPE between two tensors. */
  reshape(input: number, output: number): void {
    const shape = this.builder.int32s(this.builder.shapeOf(output));
    this.builder.operator('RESHAPE', [input, shape], output);
  }

  /** Adds the tensor of the file that an operation writes its output to. */
  define(name: string, layout: Layout): number {
    const label = this.#hasName(name) ? { name } : {};
    const index = this.builder.tensor({ ...described(this.tensorOf(name), layout), ...label });
    this.alias(name, layout, index);
    return index;
  }

  /** Names cost space. Outputs get theirs where they have their final shape; what was only put elsewhere needs none. */
  #hasName(name: string): boolean {
    const producer = this.producerOf(name);
    return !this.isOutput(name) && !(producer && MOVES.has(producer.operator));
  }

  /** Says that a tensor of the file is this tensor, too. */
  alias(name: string, layout: Layout, index: number): void {
    this.#views.set(name, [{ layout, index }]);
  }

  /** A tensor like this one, that no name of the graph stands for. */
  temporary(name: string, layout: Layout, change: Partial<TfliteTensor> = {}): number {
    return this.builder.tensor({ ...described(this.tensorOf(name), layout), ...change });
  }
}

function readersIn({ operations }: IntegerGraph): ReadonlyMap<string, readonly AnyOperation[]> {
  const readers = new Map<string, AnyOperation[]>();
  for (const operation of operations) {
    for (const input of operation.inputs) readers.set(input, [...(readers.get(input) ?? []), operation]);
  }
  return readers;
}

/** Shape, type and quantization of a tensor in a layout. */
function described(tensor: IntegerTensor, layout: Layout): TfliteTensor {
  const shape = shapeInFile(layout, tensor.shape);
  if (tensor.dtype === 'float32') return { shape, type: 'float32' };
  return { shape, type: tensor.dtype, quantization: inFile(tensor.quantization, layout) };
}

/** Scales that are all the same are one scale, which takes the space of one. */
function inFile({ scales, zeroPoint, axis }: Quantization, layout: Layout): TensorQuantization {
  if (scales.every((scale) => scale === scales[0])) return { scales: scales.subarray(0, 1), zeroPoint, axis: 0 };
  const position = scales.length > 1 && axis !== undefined ? layout.indexOf(axis) : 0;
  return { scales, zeroPoint, axis: position };
}
