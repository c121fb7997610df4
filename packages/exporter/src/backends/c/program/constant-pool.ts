/** Arrays in flash, each written once however often it is used. */
import { UniqueNames } from '../source/literals.js';

export type ConstantData = Int8Array | Int32Array | Uint32Array | Float32Array;

export interface Constant {
  readonly name: string;
  readonly data: ConstantData;
}

export class ConstantPool {
  private readonly prefix: string;
  private readonly byKey = new Map<string, Constant[]>();
  private readonly names = new UniqueNames();
  private readonly used = new Set<string>();

  /** @param prefix of all names */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** @returns the name of an array with this data: a new one, or one that has it already. */
  add(name: string, data: ConstantData): string {
    const key = `${data.constructor.name} ${data.length}`;
    const alike = this.byKey.get(key) ?? [];
    const known = alike.find((constant) => bytesOf(constant.data).equals(bytesOf(data)));
    if (known) return known.name;
    const constant = { name: this.names.take(`${this.prefix}_${name}`), data };
    this.byKey.set(key, [...alike, constant]);
    return constant.name;
  }

  /** Says that the program reads it; what nobody reads is not written. */
  use(name: string): void {
    this.used.add(name);
  }

  /** Those that are used. */
  get constants(): readonly Constant[] {
    return [...this.byKey.values()].flat().filter(({ name }) => this.used.has(name));
  }
}

function bytesOf(data: ConstantData): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
