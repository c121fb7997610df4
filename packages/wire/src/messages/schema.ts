/**
 * Schemas of JSON: a schema is a function that takes a value of unknown type and gives it typed, with the keys that it knows, in its
 * own order.
 */

/** Keys and indices from the whole value to a part. */
export type Path = readonly (string | number)[];

/** @throws Mismatch where the value breaks the schema. */
export type Schema<T> = (value: unknown, path: Path) => T;

export type Infer<S> = S extends Schema<infer T> ? T : never;

/** The first part of a value that breaks its schema. */
export class Mismatch extends Error {
  readonly path: Path;

  /** @param problem what is expected there. */
  constructor(path: Path, problem: string) {
    super(problem);
    this.path = path;
  }
}

/** A key that may be missing. */
export interface Optional<T> extends Schema<T | undefined> {
  readonly isOptional: true;
}

type Fields = Readonly<Record<string, Schema<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];

/** What an object of such fields holds. */
export type ObjectOf<F extends Fields> = Simplify<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: Infer<F[K]> } & { [K in OptionalKeys<F>]?: Infer<F[K]> }
>;
type Simplify<T> = { [K in keyof T]: T[K] };

export function optional<T>(schema: Schema<T>): Optional<T> {
  const either = (value: unknown, path: Path) => (value === undefined ? undefined : schema(value, path));
  return Object.assign(either, { isOptional: true as const });
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return (value, path) => (value === null ? null : schema(value, path));
}

/** Text of `least` to `most` UTF-16 units. */
export function string(least = 0, most = Number.POSITIVE_INFINITY): Schema<string> {
  return (value, path) => {
    if (typeof value === 'string' && value.length >= least && value.length <= most) return value;
    const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
    throw new Mismatch(path, least === 0 && most > 2 ** 31 ? 'must be text' : `must be text of ${range} characters`);
  };
}

/** A finite number from `least` to `most`. */
export function number(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Schema<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
    throw new Mismatch(path, `must be a number${rangeOf(least, most)}`);
  };
}

/** A finite number above 0, up to `most`. */
export function positive(most = Number.POSITIVE_INFINITY): Schema<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= most) return value;
    throw new Mismatch(
      path,
      `must be a number above 0${most === Number.POSITIVE_INFINITY ? '' : ` and up to ${most}`}`,
    );
  };
}

/** A whole number from `least` to `most` that JSON carries exactly. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Schema<number> {
  return (value, path) => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    throw new Mismatch(path, `must be a whole number${rangeOf(least, most)}`);
  };
}

/** One of these values, and nothing else. */
export function oneOf<const T extends readonly (string | number | boolean)[]>(...values: T): Schema<T[number]> {
  return (value, path) => {
    if (values.includes(value as T[number])) return value as T[number];
    throw new Mismatch(path, `must be ${values.map((one) => JSON.stringify(one)).join(' or ')}`);
  };
}

export function array<T>(element: Schema<T>): Schema<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Mismatch(path, 'must be a list');
    return value.map((entry, index) => element(entry, [...path, index]));
  };
}

/** What the schema takes and the condition holds for. @param problem otherwise */
export function refined<T>(schema: Schema<T>, condition: (value: T) => boolean, problem: string): Schema<T> {
  return (value, path) => {
    const checked = schema(value, path);
    if (condition(checked)) return checked;
    throw new Mismatch(path, problem);
  };
}

/** An object with at least these keys; others are left out. */
export function object<F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  return (value, path) => {
    const source = requireObject(value, path);
    const entries = Object.entries(fields).flatMap(([key, schema]) => {
      const checked = schema(Object.hasOwn(source, key) ? source[key] : undefined, [...path, key]);
      return checked === undefined ? [] : [[key, checked] as const];
    });
    return Object.fromEntries(entries) as ObjectOf<F>;
  };
}

/** An object with these keys and no others. */
export function strictObject<F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  const schema = object(fields);
  return (value, path) => {
    const stray = Object.keys(requireObject(value, path)).find((key) => !Object.hasOwn(fields, key));
    if (stray !== undefined) throw new Mismatch(path, `has the unknown key ${JSON.stringify(stray)}`);
    return schema(value, path);
  };
}

/** One of several kinds of objects, told by a key. @param schemas by the value of that key */
export function variants<const M extends Readonly<Record<string, Schema<unknown>>>>(
  key: string,
  schemas: M,
): Schema<Infer<M[keyof M]>> {
  const kind = oneOf(...Object.keys(schemas));
  return (value, path) => {
    const chosen = kind(requireObject(value, path)[key], [...path, key]);
    return schemas[chosen]!(value, path) as Infer<M[keyof M]>;
  };
}

function requireObject(value: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Mismatch(path, 'must be an object');
}

function rangeOf(least: number, most: number): string {
  const from = least === Number.NEGATIVE_INFINITY ? '' : ` from ${least}`;
  return most >= Number.MAX_SAFE_INTEGER ? `${from}${from === '' ? '' : ' on'}` : `${from} to ${most}`;
}
