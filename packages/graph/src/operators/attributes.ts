/** Attribute schemas: what each operator's attributes are called, and from that their TypeScript types. */
import { type DataType, dataTypeCode, dataTypeOfCode } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import type { Attribute, AttributeValue, Node } from '../model.js';
import { describeNode } from '../model.js';
import { suggest } from '../suggest.js';

interface Kinds {
  int: number;
  /** An int that is 0 or 1. */
  flag: boolean;
  float: number;
  string: string;
  ints: readonly number[];
  /** An int that is a `TensorProto.DataType` code. */
  dataType: DataType;
}

/** One attribute: its kind, and whether it must be given, has a default, or may be absent. */
export interface AttributeSpec<V = unknown, P extends 'required' | 'defaulted' | 'optional' = never> {
  readonly kind: keyof Kinds;
  readonly presence: P;
  readonly default?: V;
  /** The words allowed, for a string. */
  readonly words?: readonly string[];
}

type AnySpec = AttributeSpec<unknown, 'required' | 'defaulted' | 'optional'>;

/** The attributes of an operator by their ONNX names. */
export type AttributeSchema = Readonly<Record<string, AnySpec>>;

type ValueOf<S> = S extends AttributeSpec<infer V, infer P> ? (P extends 'optional' ? V | undefined : V) : never;

/** Attributes as shape rules and back ends see them: defaults filled in. */
export type AttributesOf<S extends AttributeSchema> = { readonly [K in keyof S]: ValueOf<S[K]> };

type RequiredKeys<S extends AttributeSchema> = {
  [K in keyof S]: S[K] extends AttributeSpec<unknown, 'required'> ? K : never;
}[keyof S];

/** Attributes as a builder's caller gives them: those with a default may be left out. */
export type AttributeInputs<S extends AttributeSchema> = {
  readonly [K in RequiredKeys<S>]: ValueOf<S[K]>;
} & { readonly [K in Exclude<keyof S, RequiredKeys<S>>]?: ValueOf<S[K]> };

/** An attribute that must be given. */
export function required<K extends keyof Kinds>(kind: K): AttributeSpec<Kinds[K], 'required'> {
  return { kind, presence: 'required' };
}

/** An attribute with the default that the ONNX standard gives it. */
export function defaulted<K extends Exclude<keyof Kinds, 'string'>>(
  kind: K,
  value: Kinds[K],
): AttributeSpec<Kinds[K], 'defaulted'> {
  return { kind, presence: 'defaulted', default: value };
}

/** An attribute that may be absent, and means something else then. */
export function optional<K extends keyof Kinds>(kind: K): AttributeSpec<Kinds[K], 'optional'> {
  return { kind, presence: 'optional' };
}

/** A string attribute that is one of several words; the first is the default. */
export function oneOf<const W extends readonly string[]>(...words: W): AttributeSpec<W[number], 'defaulted'> {
  return { kind: 'string', presence: 'defaulted', default: words[0], words };
}

/**
 * Reads the attributes of a node as its schema has them.
 *
 * @throws GraphError for an attribute that is unknown, missing, of another kind or not among the words allowed
 */
export function readAttributes<S extends AttributeSchema>(schema: S, node: Node): AttributesOf<S> {
  const where = describeNode(node);
  for (const name of node.attributes.keys()) checkKnown(schema, name, where);
  const result: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(schema)) {
    const attribute = node.attributes.get(name);
    if (attribute) result[name] = readAttribute(spec, attribute, `${where}, attribute ${name}`);
    else if (spec.presence === 'required') {
      throw new GraphError(where, `attribute ${name} is missing`, `${node.operator} needs it`);
    } else result[name] = spec.default;
  }
  return result as AttributesOf<S>;
}

function checkKnown(schema: AttributeSchema, name: string, where: string): void {
  if (!Object.hasOwn(schema, name)) {
    throw new GraphError(where, `attribute ${name} is not known`, suggest(name, Object.keys(schema)));
  }
}

function readAttribute(spec: AnySpec, attribute: Attribute, where: string): unknown {
  const stored = storedKind(spec);
  if (attribute.kind !== stored) {
    throw new GraphError(where, `is of kind ${attribute.kind}`, `the standard has it as ${stored}`);
  }
  switch (spec.kind) {
    case 'flag':
      if (attribute.value !== 0 && attribute.value !== 1) {
        throw new GraphError(where, `is ${attribute.value}`, 'it is a flag: 0 or 1');
      }
      return attribute.value === 1;
    case 'dataType':
      return readDataType(spec, attribute.value as number, where);
    case 'string':
      if (spec.words && !spec.words.includes(attribute.value as string)) {
        throw new GraphError(where, `is "${attribute.value}"`, `one of ${spec.words.join(', ')} is supported`);
      }
      return attribute.value;
    default:
      return attribute.value;
  }
}

function readDataType(spec: AnySpec, code: number, where: string): DataType | undefined {
  if (code === 0 && spec.presence === 'optional') return undefined;
  const dtype = dataTypeOfCode(code);
  if (!dtype) throw new GraphError(where, `element type ${code} is not supported`, 'use a type of 8 to 64 bits');
  return dtype;
}

function storedKind(spec: AnySpec): AttributeValue['kind'] {
  return spec.kind === 'flag' || spec.kind === 'dataType' ? 'int' : spec.kind;
}

/**
 * Turns attributes as a caller gives them into those of a node; absent ones and undefined ones are left out.
 *
 * @throws GraphError for an attribute that the schema does not have
 */
export function writeAttributes(
  schema: AttributeSchema,
  values: Readonly<Record<string, unknown>>,
  where: string,
): Map<string, Attribute> {
  for (const name of Object.keys(values)) checkKnown(schema, name, where);
  const attributes = new Map<string, Attribute>();
  for (const [name, spec] of Object.entries(schema)) {
    const value = values[name];
    if (value !== undefined)
      attributes.set(name, { kind: storedKind(spec), value: storedValue(spec, value) } as Attribute);
  }
  return attributes;
}

function storedValue(spec: AnySpec, value: unknown): unknown {
  if (spec.kind === 'flag') return value ? 1 : 0;
  if (spec.kind === 'dataType') return dataTypeCode(value as DataType);
  // Files hold float32: rounding here makes a built model and a decoded one the same.
  return spec.kind === 'float' ? Math.fround(value as number) : value;
}
