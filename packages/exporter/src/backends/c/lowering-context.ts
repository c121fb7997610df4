/**
 * What lowerings work with: where each tensor of the integer graph lies, copies in another order where a kernel needs one, and the
 * steps and constants of the program.
 */
import { ExportError } from '../../export-error.js';
import type { AnyOperation, IntegerGraph, IntegerTensor, Operation } from '../../integer/integer-graph.js';
import type { OperationName } from '../../integer/operations.js';
import { affineIndices, elementCount } from '../../interpreter/indices.js';
import { type Memory, Operands } from '../../interpreter/operands.js';
import type { Buffer, ElementType, Place } from './program/buffer.js';
import { type ConstantData, ConstantPool } from './program/constant-pool.js';
import { type Argument, parameters, read, type Step, write } from './program/step.js';
import type { KernelName } from './source/kernels.js';
import { identifier, snakeCase, UniqueNames } from './source/literals.js';
import { type Loops, loopsOver } from './views/loops.js';
import { preferredOrders } from './views/preferred-orders.js';
import { denseStrides, denseView, isDenseIn, natural, type Order, type View } from './views/view.js';

export class LoweringContext {
  readonly graph: IntegerGraph;
  readonly constants: ConstantPool;
  readonly steps: Step[] = [];
  readonly #preferred: ReadonlyMap<string, Order>;
  readonly #views = new Map<string, View>();
  /** Copies of views, by buffer, place and order. */
  readonly #copies = new Map<string, View>();
  readonly #names = new UniqueNames();
  readonly #memory: Memory;
  readonly #constantData = new Map<string, Int8Array | Float32Array>();
  #operation = { comment: '', name: '' };

  /** @param prefix of the names of arrays */
  constructor(graph: IntegerGraph, prefix: string) {
    this.graph = graph;
    this.constants = new ConstantPool(prefix);
    this.#preferred = preferredOrders(graph);
    this.#memory = new Map([...graph.tensors].map(([name, tensor]) => [name, tensor.data ?? noData(tensor)]));
    for (const name of graph.inputs) this.define(name, natural(this.tensorOf(name).shape.length), 'input');
  }

  /** The tensors of an operation, checked; their data are those of constants. */
  operands<K extends OperationName>(operation: Operation<K>): Operands<K> {
    return new Operands(operation, this.graph, this.#memory);
  }

  /** Steps that follow belong to this operation. */
  begin({ operator, name, inputs, outputs }: AnyOperation): void {
    const shape = (tensor: string | undefined) => (tensor ? `[${this.tensorOf(tensor).shape.join(', ')}]` : '');
    this.#operation = {
      comment: `${name}: ${operator} ${shape(inputs[0])} to ${shape(outputs[0])}`,
      name: `${snakeCase(operator)}_${identifier(name)}`,
    };
  }

  /** Steps that follow bring an output to the caller. */
  beginOutput(name: string): void {
    this.#operation = { comment: `output ${name}`, name: `output_${identifier(name)}` };
  }

  tensorOf(name: string): IntegerTensor {
    return this.graph.tensors.get(name)!;
  }

  typeOf(name: string): ElementType {
    return this.tensorOf(name).dtype === 'float32' ? 'float32' : 'int8';
  }

  /** Where a tensor lies, in whatever order. */
  view(name: string): View {
    const known = this.#views.get(name);
    if (known) return known;
    const { data, shape } = this.tensorOf(name);
    if (data === undefined || data instanceof Int32Array)
      throw new ExportError(`tensor "${name}" is read before it is made`, 'quantize the model again');
    const view = this.#constantView(name, data, shape, natural(shape.length));
    this.#views.set(name, view);
    return view;
  }

  /** A tensor without gaps in this order: where it lies, or a copy. */
  dense(name: string, order: Order): View {
    return this.denseCopyOf(this.view(name), order, name);
  }

  /** A view without gaps in this order: itself, or a copy. */
  denseCopyOf(view: View, order: Order, name: string): View {
    if (isDenseIn(view, order)) return view;
    const { buffer, offset, shape, strides } = view;
    const key = JSON.stringify([buffer.name, offset, shape, strides, order]);
    const known = this.#copies.get(key);
    if (known) return known;
    const copy = buffer.place === 'constant' ? this.#reordered(view, order, name) : this.#copied(view, order, name);
    this.#copies.set(key, copy);
    return copy;
  }

  /** In the order that its readers want; undefined where nobody minds. */
  preferredOrder(name: string): Order | undefined {
    return this.#preferred.get(name);
  }

  /** Makes the buffer of a tensor, without gaps in this order. */
  define(name: string, order: Order, place: Place = 'arena'): View {
    const { shape } = this.tensorOf(name);
    const view = denseView(this.#buffer(name, elementCount(shape), this.typeOf(name), place), shape, order);
    this.#views.set(name, view);
    return view;
  }

  /** Shape and strides that a tensor would have in this order. */
  layout(name: string, order: Order): Pick<View, 'shape' | 'strides'> {
    const { shape } = this.tensorOf(name);
    return { shape, strides: denseStrides(shape, order) };
  }

  /** Says that a tensor is another view of what lies somewhere already. */
  alias(name: string, view: View): void {
    this.#views.set(name, view);
  }

  /** A buffer that no tensor of the graph stands for. */
  temporary(name: string, count: number, type: ElementType): Buffer {
    return this.#buffer(name, count, type, 'arena');
  }

  /** Adds the call of a kernel for the operation that has begun, or for `part` of it. */
  add(kernel: KernelName, args: readonly Argument[], replaceable: readonly View[] = [], part = ''): void {
    const { comment } = this.#operation;
    const name = part === '' ? this.#operation.name : `${this.#operation.name}_${part}`;
    for (const argument of args) {
      if (argument.kind === 'read' && argument.location.buffer.place === 'constant')
        this.constants.use(argument.location.buffer.name);
    }
    const buffers = replaceable.map(({ buffer }) => buffer);
    this.steps.push({ comment, name: this.#names.take(name), kernel, arguments: args, replaceable: buffers });
  }

  /** Copies between views of the same shape. */
  addCopy(from: View, to: View): void {
    const { sizes, strides } = this.loops(to, [from, to]);
    const kernel = to.buffer.type === 'int8' ? 'eb_strided_copy_s8' : 'eb_strided_copy_f32';
    const value = { sizes, x_strides: strides[0]!, y_strides: strides[1]! };
    this.add(kernel, [parameters('eb_strided_copy', value), read(from), write(to)], [], 'copy');
  }

  /** Loops over views of the same shape, in the order in which `leader` lies in memory. */
  loops(leader: View, views: readonly View[]): Loops {
    const order = natural(leader.shape.length).toSorted((a, b) => leader.strides[b]! - leader.strides[a]! || a - b);
    const sizes = order.map((axis) => leader.shape[axis]!);
    return this.loopsOver(
      sizes,
      views.map(({ strides }) => order.map((axis) => strides[axis]!)),
    );
  }

  /** @throws ExportError where kernels do not have as many loops. */
  loopsOver(sizes: readonly number[], strides: readonly (readonly number[])[]): Loops {
    const loops = loopsOver(sizes, strides);
    if (loops) return loops;
    throw new ExportError(
      `${this.#operation.comment}: moves along more than four dimensions at once`,
      'reshape to fewer dimensions before',
    );
  }

  /** Name of an array in flash. */
  constant(role: string, data: ConstantData): string {
    const name = this.constants.add(`${this.#operation.name}_${role}`, data);
    this.constants.use(name);
    return name;
  }

  #buffer(name: string, count: number, type: ElementType, place: Place): Buffer {
    const unique = this.#names.take(place === 'input' ? identifier(name) : `buffer of ${name}`);
    return { name: unique, type, count, place };
  }

  #copied(view: View, order: Order, name: string): View {
    const copy = denseView(this.temporary(name, elementCount(view.shape), view.buffer.type), view.shape, order);
    this.addCopy(view, copy);
    return copy;
  }

  #reordered(view: View, order: Order, name: string): View {
    const source = this.#constantData.get(view.buffer.name)!;
    const data = gathered(source, view, order);
    return this.#constantView(name, data, view.shape, order);
  }

  #constantView(name: string, data: Int8Array | Float32Array, shape: readonly number[], order: Order): View {
    const constant = this.constants.add(identifier(name), data);
    this.#constantData.set(constant, data);
    const type = data instanceof Int8Array ? 'int8' : 'float32';
    return denseView({ name: constant, type, count: data.length, place: 'constant' }, shape, order);
  }
}

/** The elements of a view of `source`, in this order. */
function gathered<T extends Int8Array | Float32Array>(source: T, view: Omit<View, 'buffer'>, order: Order): T {
  const sizes = order.map((axis) => view.shape[axis]!);
  const steps = order.map((axis) => view.strides[axis]!);
  const data = source.slice(0, elementCount(sizes)) as T;
  for (const [i, index] of affineIndices(sizes, steps, view.offset).entries()) data[i] = source[index]!;
  return data;
}

function noData({ dtype }: IntegerTensor): Int8Array | Float32Array {
  return dtype === 'float32' ? new Float32Array(0) : new Int8Array(0);
}
