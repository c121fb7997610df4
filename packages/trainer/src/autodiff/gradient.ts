/** What the gradient of an operator is: a rule that adds the backward nodes of one forward node to a graph. */
import type {
  GraphBuilder,
  OperatorName,
  Operators,
  AttributesOf as SchemaAttributes,
  Tensor,
  Value,
} from '@edgebeat/graph';
import { integersOf } from '@edgebeat/graph';
import { AutodiffError } from './autodiff-error.js';

/** Attributes of an operator, defaults filled in. */
export type AttributesOf<K extends OperatorName> = SchemaAttributes<Operators[K]['attributes']>;

/** A forward node on the tape. */
export interface TapeNode {
  /** `Conv node "stem.conv"`, for errors. */
  readonly where: string;
  readonly operator: OperatorName;
  readonly attributes: AttributesOf<never>;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  /** The gradient of several nodes that stand for this one; that of the operator unless given. */
  readonly rule?: Gradient<never>;
}

/** One forward node whose backward nodes are wanted. */
export class GradientCall<K extends OperatorName = OperatorName> {
  /** Where the backward nodes go: the graph that holds the forward node. */
  readonly g: GraphBuilder;
  readonly attributes: AttributesOf<K>;
  /**
   * Gradients of the loss by the outputs, in order; undefined where the loss does not depend on one, which is never so for
   * all of them. The first is `dY`.
   */
  readonly gradients: readonly (Value | undefined)[];
  readonly #node: TapeNode;
  readonly #wanted: readonly boolean[];
  readonly #constant: (value: Value) => Tensor | undefined;

  constructor(
    g: GraphBuilder,
    node: TapeNode,
    gradients: readonly (Value | undefined)[],
    wanted: readonly boolean[],
    constant: (value: Value) => Tensor | undefined,
  ) {
    this.g = g;
    this.attributes = node.attributes as unknown as AttributesOf<K>;
    this.gradients = gradients;
    this.#node = node;
    this.#wanted = wanted;
    this.#constant = constant;
  }

  /** Gradient by the first output, for rules that know no other. */
  get dY(): Value {
    const further = this.gradients.findIndex((gradient, index) => index > 0 && gradient !== undefined);
    if (further > 0)
      this.fail(`output ${further} has no gradient rule`, 'let the loss depend on the first output only');
    return this.gradients[0]!;
  }

  /** Number of inputs of the node, up to the last that is there or marked as left out. */
  get inputCount(): number {
    return this.#node.inputs.length;
  }

  /** Whether the gradient by an input is needed; a rule need not make those that are not. */
  wants(index: number): boolean {
    return this.#wanted[index] ?? false;
  }

  /** Whether an optional input is there. */
  has(index: number): boolean {
    return this.#node.inputs[index] !== undefined;
  }

  /** An input that is there. */
  input(index: number): Value {
    return this.#node.inputs[index] ?? this.fail(`input ${index} is missing`, 'connect it');
  }

  /** An output of the forward node, `outputs` of its rule included. */
  output(index = 0): Value {
    return this.#node.outputs[index] ?? this.fail(`output ${index} is missing`, 'make the tape for training');
  }

  /** The integers of a constant input, or undefined where it is left out. */
  integers(index: number): number[] | undefined {
    const value = this.#node.inputs[index];
    if (!value) return undefined;
    const constant = this.#constant(value);
    return constant ? integersOf(constant) : this.fail(`input ${index} is computed`, 'make it an initializer');
  }

  /** The shape of an input as numbers: a graph has fixed sizes when it is differentiated. */
  shape(index: number): number[] {
    return sizesOf(this.input(index));
  }

  /** An axis brought into 0 … rank − 1. */
  axis(axis: number, rank: number): number {
    return axis < 0 ? axis + rank : axis;
  }

  fail(problem: string, hint: string): never {
    throw new AutodiffError(this.#node.where, problem, hint);
  }
}

/** The gradient of an operator. */
export interface Gradient<K extends OperatorName = OperatorName> {
  /**
   * How many outputs the forward node must have for the rule, when more than the graph itself uses: statistics or indices
   * that spare the backward pass work.
   */
  readonly outputs?: number;
  /**
   * In training, computes the node in pieces that the rule uses again: its output, then those pieces, which are further outputs for
   * the rule. Undefined where the node is better left whole.
   *
   * @param name of the output.
   */
  forward?(
    g: GraphBuilder,
    inputs: readonly (Value | undefined)[],
    attributes: AttributesOf<K>,
    name: string,
  ): readonly Value[] | undefined;
  /** Adds the backward nodes. Gives the gradients by the inputs, in order; undefined where none is wanted or none exists. */
  backward(call: GradientCall<K>): readonly (Value | undefined)[];
}

/** The sizes of a value whose shape holds no symbolic dimension. */
export function sizesOf(value: Value): number[] {
  return value.shape.map((size) => {
    if (typeof size === 'number') return size;
    throw new AutodiffError(
      `value "${value.name}"`,
      `has the symbolic dimension ${size}`,
      'give the batch a fixed size before differentiating',
    );
  });
}
