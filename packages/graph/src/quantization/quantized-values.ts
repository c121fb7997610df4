/**
 * What of a float network an int8 graph holds as integers: the one list that training with fake quantization and back ends go by.
 * It is TFLite's int8 scheme (Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference"): weights symmetric with a scale for each output channel, activations asymmetric with one
 * scale and zero point for the tensor, biases as int32 in units of input scale · weight scale, which costs nothing worth
 * imitating.
 *
 * - BatchNormalization is folded into the convolution before it, so nothing is rounded between the two: the pair is held behind
 *   the normalisation. Folding multiplies each output channel's filter by one number, scale / √(variance + ε); as the weight's
 *   scale is the largest magnitude of that channel, it is multiplied alike, and the codes of folded and unfolded weights are the
 *   same (but for the sign where the factor is negative, which symmetric codes mirror).
 * - Bias and Relu happen on the way from the accumulator to the output's codes, so nothing is rounded before them, either.
 * - What only moves elements about, or scales all of them by one positive number, keeps the codes that it gets.
 */
import { GraphError } from '../graph-error.js';
import { attributesOf, isSupported, type NodeOf } from '../inference/infer-node.js';
import { inferShapes } from '../inference/infer-shapes.js';
import { describeNode, type Graph, type Node, type TensorType } from '../model.js';
import type { InferenceOperatorName, OperatorName } from '../operators/index.js';
import type { ActivationRange } from './activation-range.js';

/** A constant that is held as int8: an initializer, or what follows from initializers alone. */
export interface QuantizedWeight {
  readonly value: string;
  /** Dimension of the output channels, each of which has a scale of its own; undefined where all elements share one. */
  readonly axis: number | undefined;
  readonly readers: readonly { readonly node: Node; readonly input: number }[];
}

/** A graph input or a node's output that is held as int8. */
export interface QuantizedActivation {
  readonly value: string;
  /** Where the operator alone says it: Softmax gives 0 … 1, whatever the data. */
  readonly range?: ActivationRange;
  /** The activation whose scale and zero point this one shares. */
  readonly like?: string;
}

export interface QuantizedValues {
  readonly weights: readonly QuantizedWeight[];
  /** In the order in which the graph makes them. */
  readonly activations: readonly QuantizedActivation[];
}

/**
 * What becomes of an operator's output:
 *
 * - `accumulated`: requantized from an accumulator, a Relu or Clip on the way;
 * - `computed`: requantized, by a table or otherwise;
 * - `clamped`: as `computed`, unless it is done on the way from an accumulator;
 * - `moved`: the codes of the first input, rearranged;
 * - `averaged`: requantized to the scale of the first input;
 * - a range: requantized to the scale that it makes.
 */
type Role = 'accumulated' | 'computed' | 'clamped' | 'moved' | 'averaged' | ActivationRange;

/** TFLite's fixed scales: 1/256 with zero point −128, and 1/128 with zero point 0. */
const upToOne: ActivationRange = { least: 0, most: 255 / 256 };
const upToOneOfEitherSign: ActivationRange = { least: -1, most: 127 / 128 };

const roles: { readonly [K in InferenceOperatorName]: Role } = {
  Add: 'accumulated',
  Sub: 'accumulated',
  Mul: 'accumulated',
  Div: 'computed',
  Sqrt: 'computed',
  Pow: 'computed',
  Neg: 'computed',
  Relu: 'clamped',
  Gelu: 'computed',
  Sigmoid: upToOne,
  Tanh: upToOneOfEitherSign,
  Softmax: upToOne,
  MatMul: 'accumulated',
  Gemm: 'accumulated',
  Conv: 'accumulated',
  BatchNormalization: 'accumulated',
  LayerNormalization: 'computed',
  LpNormalization: upToOneOfEitherSign,
  ReduceMean: 'computed',
  ReduceSum: 'computed',
  ReduceL2: 'computed',
  ReduceMax: 'moved',
  Reshape: 'moved',
  Transpose: 'moved',
  // Its inputs have scales of their own, and are requantized to one.
  Concat: 'computed',
  Slice: 'moved',
  Gather: 'moved',
  Squeeze: 'moved',
  Unsqueeze: 'moved',
  Expand: 'moved',
  Flatten: 'moved',
  Split: 'moved',
  // Zeros have a code in every scale.
  Pad: 'moved',
  AveragePool: 'averaged',
  MaxPool: 'moved',
  // TFLite's MEAN, which has a scale of its own.
  GlobalAveragePool: 'computed',
  Identity: 'moved',
  Cast: 'moved',
  Clip: 'clamped',
  QuantizeLinear: 'computed',
  DequantizeLinear: 'computed',
};

/**
 * Lists the weights and activations that are held as int8, all others being float32 values that an int8 graph never sees, or
 * rearrangements of those listed.
 *
 * @param graph a float32 network of one input or several.
 * @throws GraphError for a graph that is quantized already, and what `inferShapes` throws
 */
export function quantizedValues(graph: Graph): QuantizedValues {
  return new Lister(graph).list();
}

class Lister {
  readonly #graph: Graph;
  readonly #types: ReadonlyMap<string, TensorType>;
  /** Initializers, and what follows from them alone. */
  readonly #constants: Set<string>;
  readonly #readers = new Map<string, Node[]>();
  readonly #makers = new Map<string, NodeOf<OperatorName>>();
  readonly #outputs: ReadonlySet<string>;
  /** Whose codes a value has, undefined where those of another at another scale; values without codes are left out. */
  readonly #codes = new Map<string, string | undefined>();
  readonly #weights = new Map<
    string,
    { value: string; axis: number | undefined; readers: QuantizedWeight['readers'] }
  >();
  readonly #activations: QuantizedActivation[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#types = inferShapes(graph);
    this.#constants = new Set(graph.initializers.map(({ name }) => name));
    this.#outputs = new Set(graph.outputs.map(({ name }) => name));
    for (const node of graph.nodes) {
      for (const name of node.inputs) this.#readers.set(name, [...(this.#readers.get(name) ?? []), node]);
    }
  }

  list(): QuantizedValues {
    for (const { name } of this.#graph.inputs) if (!this.#constants.has(name)) this.#hold(name);
    for (const node of this.#graph.nodes) this.#visit(node);
    return { weights: [...this.#weights.values()], activations: this.#activations };
  }

  #visit(node: Node): void {
    // Inference of shapes has seen that all are.
    if (!isSupported(node)) return;
    if (node.operator === 'QuantizeLinear' || node.operator === 'DequantizeLinear') {
      throw new GraphError(describeNode(node), 'the graph is quantized already', 'give the float network');
    }
    if (node.inputs.every((name) => name === '' || this.#constants.has(name))) {
      for (const output of node.outputs) this.#constants.add(output);
      return;
    }
    for (const output of node.outputs) this.#makers.set(output, node);
    for (const { input, axis } of this.#weightsOf(node)) this.#addWeight(node, input, axis);
    const role = this.#roleOf(node);
    if (role === 'moved') {
      // All outputs: those of Split are alike.
      for (const output of node.outputs) this.#codes.set(output, this.#codes.get(node.inputs[0]!));
    } else if (role === 'rescaled') {
      this.#codes.set(node.outputs[0]!, undefined);
    } else if (role === 'averaged') {
      this.#hold(node.outputs[0]!, { like: this.#codes.get(node.inputs[0]!)! });
    } else if (typeof role === 'object') {
      this.#hold(node.outputs[0]!, { range: role });
    } else if (!this.#isFinishedByReader(node)) {
      this.#hold(node.outputs[0]!);
    }
  }

  #hold(value: string, { range, like }: Omit<QuantizedActivation, 'value'> = {}): void {
    if (this.#types.get(value)!.dtype !== 'float32') return;
    this.#activations.push({ value, ...(range && { range }), ...(like !== undefined && { like }) });
    this.#codes.set(value, like ?? value);
  }

  /** The role in this graph; `moved` and `averaged` want codes to begin with. */
  #roleOf(node: NodeOf<OperatorName>): Role | 'rescaled' {
    const { operator, inputs } = node;
    const role = (roles as Partial<Record<OperatorName, Role>>)[operator] ?? 'computed';
    const [data] = inputs as [string];
    if (role === 'moved') {
      const fills = operator === 'Pad' && (inputs[2] ?? '') !== '';
      return this.#codes.has(data) && !fills ? role : 'computed';
    }
    if (role === 'averaged') return this.#codes.get(data) === undefined ? 'computed' : role;
    return this.#isRescaling(node) ? 'rescaled' : role;
  }

  /** Whether it multiplies codes by one positive number. */
  #isRescaling({ operator, inputs }: NodeOf<OperatorName>): boolean {
    if (operator !== 'Mul' && operator !== 'Div') return false;
    const [a, b] = inputs as [string, string];
    const isPositive = (name: string) => {
      const scalar = this.#graph.initializers.find((initializer) => initializer.name === name);
      return scalar?.data.length === 1 && scalar.dtype === 'float32' && (scalar.data[0] as number) > 0;
    };
    return (this.#codes.has(a) && isPositive(b)) || (operator === 'Mul' && this.#codes.has(b) && isPositive(a));
  }

  /** Whether the only reader of a node's output takes part in its requantization. */
  #isFinishedByReader(node: NodeOf<OperatorName>): boolean {
    const [output] = node.outputs as [string];
    const readers = this.#readers.get(output) ?? [];
    const [reader] = readers;
    if (readers.length !== 1 || !reader || this.#outputs.has(output)) return false;
    switch (reader.operator) {
      case 'Relu':
      case 'Clip':
        return reader.inputs[0] === output && this.#roleOf(node) === 'accumulated';
      case 'BatchNormalization':
        return reader.inputs[0] === output && this.#isProductWithWeight(node);
      case 'Add':
        return node.operator === 'MatMul' && this.#isProductWithWeight(node) && this.#addsBias(reader, output);
      default:
        return false;
    }
  }

  /** Conv, Gemm or MatMul with a constant weight, or the bias behind the latter. */
  #isProductWithWeight(node: NodeOf<OperatorName>): boolean {
    const { operator, inputs } = node;
    if (operator === 'Conv' || operator === 'Gemm' || operator === 'MatMul') return this.#constants.has(inputs[1]!);
    return operator === 'Add' && this.#biasOf(node) !== undefined;
  }

  #addsBias({ inputs }: Node, product: string): boolean {
    const other = inputs[0] === product ? inputs[1]! : inputs[0]!;
    return this.#constants.has(other) && this.#types.get(other)!.shape.length <= 1;
  }

  /** The index of the input that is the bias of a product. */
  #biasOf(node: NodeOf<OperatorName>): number | undefined {
    const index = node.inputs.findIndex((name) => {
      const maker = this.#makers.get(name);
      return maker?.operator === 'MatMul' && this.#isFinishedByReader(maker);
    });
    return index < 0 ? undefined : 1 - index;
  }

  /** Inputs that are weights. */
  #weightsOf(node: NodeOf<OperatorName>): { input: number; axis: number | undefined }[] {
    const isConstant = (input: number) => this.#constants.has(node.inputs[input]!);
    const both = (axis: number | undefined) => [
      ...(isConstant(0) ? [{ input: 0, axis: undefined }] : []),
      ...(isConstant(1) ? [{ input: 1, axis }] : []),
    ];
    switch (node.operator) {
      case 'Conv':
        return both(0);
      case 'Gemm':
        return both(attributesOf(node as NodeOf<'Gemm'>).transB ? 0 : 1);
      case 'MatMul': {
        const { length: rank } = this.#types.get(node.inputs[1]!)!.shape;
        return both(rank > 1 ? rank - 1 : undefined);
      }
      case 'Add':
      case 'Sub':
      case 'Mul':
      case 'Div': {
        const bias = this.#biasOf(node);
        return both(undefined).filter(({ input }) => input !== bias && !this.#isNumber(node.inputs[input]!));
      }
      default:
        return [];
    }
  }

  /** One number takes part in the requantization as it is. */
  #isNumber(value: string): boolean {
    return this.#types.get(value)!.shape.every((size) => size === 1);
  }

  #addWeight(node: Node, input: number, axis: number | undefined): void {
    const value = node.inputs[input]!;
    if (this.#types.get(value)!.dtype !== 'float32') return;
    const key = `${value} ${axis}`;
    const readers = [...(this.#weights.get(key)?.readers ?? []), { node, input }];
    this.#weights.set(key, { value, axis, readers });
  }
}
