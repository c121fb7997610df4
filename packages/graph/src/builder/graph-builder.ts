/** The typed builder of ONNX graphs. Every call infers the type of its result at once, so that a mistake shows where it is made. */
import type { DataType } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import { inferNode } from '../inference/infer-node.js';
import { inferShapes } from '../inference/infer-shapes.js';
import { describeNode, type Graph, type Model, type Node, type Shape, type ValueInfo } from '../model.js';
import { type AttributeInputs, writeAttributes } from '../operators/attributes.js';
import { OPERATOR_NAMES, type OperatorName, type Operators, operators } from '../operators/index.js';
import { type Operator, OperatorCall } from '../operators/operator.js';
import { SUPPORTED_IR_VERSION, SUPPORTED_OPSET } from '../supported-versions.js';
import { type Tensor, tensor } from '../tensor.js';
import type { InputArguments, OperatorMethods } from './operator-methods.js';
import { Value } from './value.js';

/** A node whose inputs and outputs are still values, because names may change until the graph is built. */
interface DraftNode {
  readonly node: Omit<Node, 'inputs' | 'outputs'>;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
}

export interface BuildOptions {
  /** ONNX metadata of the model; `writeMetadata` makes edgebeat's own. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** Documentation string of the model. */
  readonly doc?: string;
}

class GraphBuilderCore {
  readonly #name: string;
  readonly #inputs: Value[] = [];
  readonly #outputs = new Set<Value>();
  readonly #initializers: Tensor[] = [];
  readonly #nodes: DraftNode[] = [];
  /** Outputs of nodes, in order. */
  readonly #made = new Set<Value>();
  readonly #values = new Map<string, Value>();
  readonly #constants = new Map<string, Tensor>();
  /** Constants made by `int64` and `float32`, by content, so that each stands in the file once. */
  readonly #unnamed = new Map<string, Value>();
  readonly #counters = new Map<string, number>();
  /** Names that are kept for values to come. */
  readonly #reserved = new Set<string>();

  static {
    for (const operator of OPERATOR_NAMES) {
      const method = `${operator[0]!.toLowerCase()}${operator.slice(1)}`;
      Object.defineProperty(GraphBuilderCore.prototype, method, {
        value(this: GraphBuilderCore, ...args: unknown[]): Value | Value[] {
          return this.#call(operator, args);
        },
      });
    }
  }

  /** @param name name of the graph */
  constructor(name: string) {
    this.#name = name;
  }

  /** Keeps names for nodes to come: those that are added without a name pass them over. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.#reserved.add(name);
  }

  /** Adds a graph input. Dimensions are sizes or names of symbolic ones, `'N'` for the batch. */
  input(name: string, dtype: DataType, shape: Shape): Value {
    const value = this.#define(name, { dtype, shape }, `graph input "${name}"`);
    this.#inputs.push(value);
    return value;
  }

  /** Adds an initializer: weights and other named constants (see `tensor`). */
  constant(constant: Tensor): Value {
    const value = this.#define(constant.name, constant, `initializer "${constant.name}"`);
    this.#initializers.push(constant);
    this.#constants.set(constant.name, constant);
    return value;
  }

  /** A constant of whole numbers: axes, shapes, indices. One-dimensional; equal ones are shared. */
  int64(values: readonly number[]): Value {
    return this.#unnamedConstant('int64', [values.length], values);
  }

  /** A constant of real numbers: a scalar for a number, one-dimensional for a list. Equal ones are shared. */
  float32(values: number | readonly number[]): Value {
    const list = typeof values === 'number' ? [values] : values;
    return this.#unnamedConstant('float32', typeof values === 'number' ? [] : [list.length], list);
  }

  /**
   * Adds a node and gives as many of its outputs as asked for; the operator methods are shorter where one is enough.
   *
   * @param options name of the node, number of outputs (1, or what the operator's attributes say), attributes
   * @throws GraphError where the operator cannot take these inputs or attributes
   */
  node<K extends OperatorName>(
    operator: K,
    inputs: InputArguments<Operators[K]['inputs']>,
    options: {
      readonly name?: string;
      readonly outputs?: number;
      readonly attributes?: AttributeInputs<Operators[K]['attributes']>;
    } = {},
  ): Value[] {
    return this.#append(operator, inputs, options.attributes ?? {}, options.name, options.outputs);
  }

  /** Untyped core of `node` and of the operator methods. */
  #append(
    operator: OperatorName,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>>,
    givenName: string | undefined,
    outputCount: number | undefined,
  ): Value[] {
    const name = givenName ?? this.#freeName(operator);
    const definition: Operator = operators[operator];
    const where = describeNode({ name, operator, outputs: [] });
    for (const value of inputs) {
      if (value && this.#values.get(value.name) !== value) {
        throw new GraphError(where, `input "${value.name}" belongs to another graph`, 'use values of this builder');
      }
    }
    const partial = { operator, name, attributes: writeAttributes(definition.attributes, attributes, where) };
    const count = outputCount ?? this.#countOutputs(definition, where, inputs, attributes);
    const outputs = Array.from({ length: count }, (_, index) => (index === 0 ? name : `${name}.${index}`));
    const types = inferNode(
      { ...partial, inputs: inputs.map((value) => value?.name ?? ''), outputs },
      { type: (input) => this.#values.get(input), constant: (input) => this.#constants.get(input) },
    );
    const values = outputs.map((output, index) => this.#define(output, types[index]!, where));
    this.#nodes.push({ node: partial, inputs, outputs: values });
    for (const value of values) this.#made.add(value);
    return values;
  }

  /** Makes a value a graph output of this name. */
  output(name: string, value: Value): void {
    let output = value;
    if (this.#made.has(value) && !this.#outputs.has(value)) {
      if (this.#values.has(name) && name !== value.name) this.#refuse(name, `graph output "${name}"`);
      this.#values.delete(value.name);
      value.rename(name);
      this.#values.set(name, value);
    } else {
      // Inputs, constants and values that are outputs already keep their name.
      output = this.#append('Identity', [value], {}, name, 1)[0]!;
    }
    this.#outputs.add(output);
  }

  /**
   * The finished model, of opset 21, checked once more as a whole.
   *
   * @throws GraphError where there is no output
   */
  build({ metadata = new Map(), doc }: BuildOptions = {}): Model {
    if (this.#outputs.size === 0) {
      throw new GraphError(`graph "${this.#name}"`, 'has no outputs', 'name them with output()');
    }
    const inner = [...this.#made].filter((value) => !this.#outputs.has(value));
    const graph: Graph = {
      name: this.#name,
      inputs: this.#inputs.map(toValueInfo),
      outputs: Array.from(this.#outputs, toValueInfo),
      nodes: this.#nodes.map(({ node, inputs, outputs }) => ({
        ...node,
        inputs: inputs.map((value) => value?.name ?? ''),
        outputs: outputs.map((value) => value.name),
      })),
      initializers: [...this.#initializers],
      valueInfo: inner.map(toValueInfo),
    };
    inferShapes(graph);
    return {
      irVersion: SUPPORTED_IR_VERSION,
      opset: SUPPORTED_OPSET,
      producer: { name: 'edgebeat', version: '' },
      metadata: new Map(metadata),
      graph,
      ...(doc === undefined ? {} : { doc }),
    };
  }

  /** Body of the operator methods. */
  #call(operator: OperatorName, args: readonly unknown[]): Value | Value[] {
    const last = args.at(-1);
    const hasOptions = last !== undefined && !(last instanceof Value);
    const { name, ...attributes } = (hasOptions ? last : {}) as { name?: string } & Record<string, unknown>;
    const inputs = (hasOptions ? args.slice(0, -1) : args) as (Value | undefined)[];
    const values = this.#append(operator, inputs, attributes, name, undefined);
    return operators[operator].outputs[0].endsWith('...') ? values : values[0]!;
  }

  #define(name: string, type: { dtype: DataType; shape: Shape }, where: string): Value {
    if (name === '') throw new GraphError(where, 'has no name', 'give it one');
    if (this.#values.has(name)) this.#refuse(name, where);
    const value = new Value(name, { dtype: type.dtype, shape: [...type.shape] });
    this.#values.set(name, value);
    return value;
  }

  #refuse(name: string, where: string): never {
    throw new GraphError(where, `the name "${name}" is taken`, 'give every input, constant and node its own name');
  }

  #unnamedConstant(dtype: 'int64' | 'float32', shape: readonly number[], values: readonly number[]): Value {
    const key = `${dtype}[${shape.join()}] ${values.map((value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    const known = this.#unnamed.get(key);
    if (known) return known;
    const value = this.constant(tensor(this.#freeName(dtype), dtype, shape, values));
    this.#unnamed.set(key, value);
    return value;
  }

  #freeName(stem: string): string {
    let count = this.#counters.get(stem) ?? 0;
    while (this.#values.has(`${stem}_${count}`) || this.#reserved.has(`${stem}_${count}`)) count++;
    this.#counters.set(stem, count + 1);
    return `${stem}_${count}`;
  }

  #countOutputs(
    definition: Operator,
    where: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>>,
  ): number {
    if (!definition.countOutputs) return 1;
    const constants = inputs.map((value) => (value ? this.#constants.get(value.name) : undefined));
    return definition.countOutputs(
      new OperatorCall<never>(where, definition.inputs, attributes as never, inputs, constants, 0),
    );
  }
}

function toValueInfo({ name, dtype, shape }: Value): ValueInfo {
  return { name, dtype, shape };
}

/** Builds one graph; see `OperatorMethods` for the methods that add nodes. */
export type GraphBuilder = GraphBuilderCore & OperatorMethods;

export const GraphBuilder = GraphBuilderCore as unknown as new (name: string) => GraphBuilder;
