/** Readers for the parts of metadata values. Each takes a value of unknown type and gives it typed, or throws. */
import { GraphError } from '../graph-error.js';
import { suggest } from '../suggest.js';
import { unpackedText } from './packed-text.js';

/** Reads a value; `where` is how errors name it. */
export type Reader<T> = (value: unknown, where: string) => T;

function malformed(value: unknown, where: string, wanted: string): never {
  const shown = JSON.stringify(value) ?? String(value);
  throw new GraphError(where, `is ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`, `it must be ${wanted}`);
}

/** Text that is not empty. */
export const text: Reader<string> = (value, where) =>
  typeof value === 'string' && value !== '' ? value : malformed(value, where, 'text that is not empty');

/** A finite number from `least` to `most`. */
export function number(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Reader<number> {
  return (value, where) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most
      ? value
      : malformed(
          value,
          where,
          `a number${Number.isFinite(least) ? ` from ${least}` : ''}${Number.isFinite(most) ? ` to ${most}` : ''}`,
        );
}

/** Text that says a finite number from `least` to `most`. */
export function decimal(least: number, most: number): Reader<number> {
  return (value, where) => {
    const parsed = value === '' ? Number.NaN : Number(value);
    return parsed >= least && parsed <= most ? parsed : malformed(value, where, `a number from ${least} to ${most}`);
  };
}

/** A whole number from `least` on. */
export function whole(least: number): Reader<number> {
  return (value, where) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? (value as number)
      : malformed(value, where, `a whole number from ${least} on`);
}

export function word<const W extends readonly string[]>(...words: W): Reader<W[number]> {
  return (value, where) =>
    words.includes(value as string) ? (value as W[number]) : malformed(value, where, `one of ${words.join(', ')}`);
}

export function list<T>(element: Reader<T>): Reader<T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((entry, index) => element(entry, `${where}[${index}]`))
      : malformed(value, where, 'a JSON list');
}

/** An object with exactly these fields. */
export function fields<T extends object>(readers: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> {
  return (value, where) => {
    const source = object(value, where);
    const known = Object.keys(readers);
    for (const key of Object.keys(source)) {
      if (!known.includes(key)) throw new GraphError(where, `field ${key} is not known`, suggest(key, known));
    }
    const entries = Object.entries<Reader<unknown>>(readers).map(([key, reader]) => {
      if (!Object.hasOwn(source, key))
        throw new GraphError(where, `field ${key} is missing`, `its fields are ${known.join(', ')}`);
      return [key, reader(source[key], `${where}.${key}`)];
    });
    return Object.fromEntries(entries) as T;
  };
}

/** An object with any keys and values of one kind. */
export function record<T>(element: Reader<T>): Reader<Record<string, T>> {
  return (value, where) =>
    Object.fromEntries(
      Object.entries(object(value, where)).map(([key, entry]) => [key, element(entry, `${where}.${key}`)]),
    );
}

export function object(value: unknown, where: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : malformed(value, where, 'a JSON object');
}

/** JSON text, packed or not, that holds what `reader` reads. */
export function json<T>(reader: Reader<T>): Reader<T> {
  return (value, where) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(unpackedText(value as string, where));
    } catch (error) {
      if (error instanceof GraphError) throw error;
      return malformed(value, where, 'JSON');
    }
    return reader(parsed, where);
  };
}
