/** The builder's methods, one per operator, as types derived from the operator table. */
import type { AttributeInputs } from '../operators/attributes.js';
import type { OperatorName, Operators } from '../operators/index.js';
import type { Value } from './value.js';

/** Inputs as arguments, trailing optional ones left out or not: `[X, W]` or `[X, W, B]`. */
export type InputArguments<I extends readonly string[]> = I extends readonly [`${string}...`]
  ? readonly [Value, ...Value[]]
  : I extends readonly [...infer Head extends readonly string[], `${string}?`]
    ? InputArguments<Head> | { readonly [K in keyof I]: I[K] extends `${string}?` ? Value | undefined : Value }
    : { readonly [K in keyof I]: Value };

/** Attributes of an operator by their ONNX names, plus the name of the node. */
export type NodeOptions<K extends OperatorName> = AttributeInputs<Operators[K]['attributes']> & {
  /** Name of the node and its output; made from the operator's name unless given. */
  readonly name?: string;
};

type OperatorArguments<K extends OperatorName> =
  Record<never, never> extends NodeOptions<K>
    ? InputArguments<Operators[K]['inputs']> | [...InputArguments<Operators[K]['inputs']>, NodeOptions<K>]
    : [...InputArguments<Operators[K]['inputs']>, NodeOptions<K>];

type OperatorResult<K extends OperatorName> = Operators[K]['outputs'] extends readonly [`${string}...`]
  ? Value[]
  : Value;

/**
 * One method per operator, named like it with a small first letter: inputs in the order of the standard, then the
 * attributes: `conv(x, w, b, { strides: [2] })`, `concat(a, b, { axis: 1 })`. Gives the first output, or a list where the
 * number of outputs is variable; `node` gives optional outputs, too.
 */
export type OperatorMethods = {
  [K in OperatorName as Uncapitalize<K>]: (...args: OperatorArguments<K>) => OperatorResult<K>;
};
