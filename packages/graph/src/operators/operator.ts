/** What an operator is: its inputs, outputs, attributes and shape rule. One file per operator gives one of these. */
import type { DataType } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import type { Dimension, Shape, TensorType } from '../model.js';
import { integersOf, type Tensor } from '../tensor.js';
import type { AttributeSchema, AttributesOf } from './attributes.js';

/** More dimensions no network has; what a hostile file may have must not cost its square in time. */
export const MOST_DIMENSIONS = 32;

/** One use of an operator, as its shape rule sees it. */
export class OperatorCall<A = unknown> {
  readonly attributes: A;
  /** Number of outputs the node asks for, trailing optional ones included. */
  readonly outputCount: number;
  readonly #where: string;
  readonly #formals: readonly string[];
  readonly #types: readonly (TensorType | undefined)[];
  readonly #constants: readonly (Tensor | undefined)[];

  /**
   * @param where how errors name the node
   * @param formals names of the operator's inputs
   * @param types types of the node's inputs, undefined for one left out
   * @param constants the data of those inputs that are initializers
   */
  constructor(
    where: string,
    formals: readonly string[],
    attributes: A,
    types: readonly (TensorType | undefined)[],
    constants: readonly (Tensor | undefined)[],
    outputCount: number,
  ) {
    this.#where = where;
    this.#formals = formals;
    this.attributes = attributes;
    this.#types = types;
    this.#constants = constants;
    this.outputCount = outputCount;
  }

  get inputCount(): number {
    return this.#types.length;
  }

  /** @throws GraphError always: the node, the problem, the hint */
  fail(problem: string, hint: string): never {
    throw new GraphError(this.#where, problem, hint);
  }

  /** Name of input `index` for messages. */
  inputName(index: number): string {
    const formal = this.#formals[Math.min(index, this.#formals.length - 1)] ?? '';
    return `input ${index} (${formal.replace(/[?.]+$/, '')})`;
  }

  has(index: number): boolean {
    return this.#types[index] !== undefined;
  }

  /** Type of an input that is there. */
  type(index: number): TensorType {
    return this.#types[index] ?? this.fail(`${this.inputName(index)} is missing`, 'connect it');
  }

  shape(index: number): Shape {
    return this.type(index).shape;
  }

  dtype(index: number): DataType {
    return this.type(index).dtype;
  }

  /** Checks the element type of an input and gives it. */
  dtypeAmong(index: number, allowed: readonly DataType[]): DataType {
    const dtype = this.dtype(index);
    if (!allowed.includes(dtype)) {
      this.fail(`${this.inputName(index)} is ${dtype}`, `the operator takes ${allowed.join(', ')}: add a Cast`);
    }
    return dtype;
  }

  /** Checks that the inputs that are there share one element type among `allowed`, and gives it. */
  commonDtype(indices: readonly number[], allowed: readonly DataType[]): DataType {
    const present = indices.filter((index) => this.has(index));
    const dtype = this.dtypeAmong(present[0]!, allowed);
    for (const index of present) {
      if (this.dtype(index) !== dtype) {
        this.fail(
          `${this.inputName(index)} is ${this.dtype(index)} where ${this.inputName(present[0]!)} is ${dtype}`,
          'give both the same element type: add a Cast',
        );
      }
    }
    return dtype;
  }

  /** Checks the rank of an input and gives its shape. */
  ranked(index: number, least: number, most = Number.POSITIVE_INFINITY): Shape {
    const shape = this.shape(index);
    if (shape.length < least || shape.length > most) {
      const wanted =
        least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
      this.fail(`${this.inputName(index)} is [${shape.join(', ')}]`, `it needs ${wanted} dimensions`);
    }
    return shape;
  }

  /** Checks that an input that is there has exactly this shape. */
  expectShape(index: number, wanted: Shape): void {
    if (!this.has(index)) return;
    const shape = this.shape(index);
    if (shape.length !== wanted.length || shape.some((size, axis) => size !== wanted[axis])) {
      this.fail(`${this.inputName(index)} is [${shape.join(', ')}]`, `it must be [${wanted.join(', ')}]`);
    }
  }

  /** The elements of an integer input that must be a constant, or undefined where it is left out. */
  integers(index: number): number[] | undefined {
    if (!this.has(index)) return undefined;
    const constant = this.#constants[index];
    if (!constant) {
      this.fail(
        `${this.inputName(index)} is computed while running`,
        'shapes must be known beforehand: make it an initializer (export with static shapes, fold constants)',
      );
    }
    this.dtypeAmong(index, ['int64', 'int32']);
    return integersOf(constant);
  }

  /** Brings an axis that may count from the end into 0 … rank − 1. */
  axis(axis: number, rank: number): number {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
      this.fail(`axis ${axis} does not exist`, `the axes of ${rank} dimensions are ${-rank} to ${rank - 1}`);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Brings distinct axes into 0 … rank − 1. */
  axes(axes: readonly number[], rank: number): number[] {
    if (axes.length > MOST_DIMENSIONS)
      this.fail(`names ${axes.length} axes`, `${MOST_DIMENSIONS} dimensions are the most`);
    const result = axes.map((axis) => this.axis(axis, rank));
    if (new Set(result).size !== result.length) this.fail(`axes [${axes.join(', ')}] repeat`, 'name each axis once');
    return result;
  }

  /** A dimension whose size must be known. */
  size(dimension: Dimension, what: string): number {
    if (typeof dimension === 'string') {
      this.fail(
        `${what} is the symbolic dimension ${dimension}`,
        'only the batch may be symbolic: give this one a size',
      );
    }
    return dimension;
  }
}

/** Definition of an operator; see `operator`. */
export interface Operator<
  I extends readonly string[] = readonly string[],
  O extends readonly string[] = readonly string[],
  S extends AttributeSchema = AttributeSchema,
> {
  /** Names of the inputs as the standard has them; `B?` may be left out, `inputs...` takes one or more. */
  readonly inputs: I;
  /** Names of the outputs, written alike. */
  readonly outputs: O;
  readonly attributes: S;
  /** Types of the outputs, in order; at least as many as the node asks for. */
  infer(call: OperatorCall<AttributesOf<S>>): readonly TensorType[];
  /** For a variable number of outputs: how many a call without stated outputs has. */
  countOutputs?(call: OperatorCall<AttributesOf<S>>): number;
}

/** Defines an operator; the types of inputs, outputs and attributes are taken from the definition. */
export function operator<
  const I extends readonly string[],
  const O extends readonly string[],
  const S extends AttributeSchema,
>(definition: Operator<I, O, S>): Operator<I, O, S> {
  return definition;
}
