/**
 * FlatBuffers tables, described by their fields. The schema of TFLite (version 3, schema.fbs of TensorFlow) is written down in
 * this folder as such descriptions, for those tables and fields that an int8 network needs; writer and reader share them.
 */
import { type Builder, ByteBuffer, type Offset } from 'flatbuffers';

export type FieldKind = 'byte' | 'int32' | 'float32' | 'offset';

export interface Field {
  /** Number of the field in the table, as the schema counts. */
  readonly slot: number;
  readonly kind: FieldKind;
  /** What a missing field means; 0 unless the schema says otherwise. */
  readonly default?: number;
}

export type Fields = Readonly<Record<string, Field>>;
export type FieldValues<F extends Fields> = { readonly [K in keyof F]?: number | undefined };

/** Writes one table. Fields that are undefined or have their default value take no space. */
export function writeTable<F extends Fields>(builder: Builder, fields: F, values: FieldValues<F>): Offset {
  const slots = Object.values(fields).map(({ slot }) => slot);
  builder.startObject(Math.max(-1, ...slots) + 1);
  // Single bytes last, so that they lie side by side.
  const order = Object.entries(fields).sort(([, a], [, b]) => Number(a.kind === 'byte') - Number(b.kind === 'byte'));
  for (const [name, field] of order) {
    const value = values[name];
    if (value !== undefined) addField(builder, field, value);
  }
  return builder.endObject();
}

function addField(builder: Builder, { slot, kind, default: missing = 0 }: Field, value: number): void {
  if (kind === 'byte') builder.addFieldInt8(slot, value, missing);
  else if (kind === 'int32') builder.addFieldInt32(slot, value, missing);
  else if (kind === 'float32') builder.addFieldFloat32(slot, value, missing);
  else builder.addFieldOffset(slot, value, 0);
}

/** A table in a file, at its position. */
export class TableReader<F extends Fields> {
  readonly #buffer: ByteBuffer;
  readonly #position: number;
  readonly #fields: F;

  constructor(buffer: ByteBuffer, position: number, fields: F) {
    this.#buffer = buffer;
    this.#position = position;
    this.#fields = fields;
  }

  static root<F extends Fields>(bytes: Uint8Array, fields: F): TableReader<F> {
    const buffer = new ByteBuffer(bytes);
    return new TableReader(buffer, buffer.readInt32(0), fields);
  }

  /** Of a byte, int32 or float32 field. */
  number(name: keyof F): number {
    const { kind, default: missing = 0 } = this.#fields[name]!;
    const at = this.#at(name);
    if (at === undefined) return missing;
    if (kind === 'byte') return this.#buffer.readInt8(at);
    return kind === 'int32' ? this.#buffer.readInt32(at) : this.#buffer.readFloat32(at);
  }

  string(name: keyof F): string | undefined {
    const at = this.#at(name);
    return at === undefined ? undefined : (this.#buffer.__string(at) as string);
  }

  table<G extends Fields>(name: keyof F, fields: G): TableReader<G> | undefined {
    const at = this.#at(name);
    return at === undefined ? undefined : new TableReader(this.#buffer, this.#buffer.__indirect(at), fields);
  }

  tables<G extends Fields>(name: keyof F, fields: G): TableReader<G>[] {
    return this.#elements(name, 4, (at) => new TableReader(this.#buffer, this.#buffer.__indirect(at), fields));
  }

  int32s(name: keyof F): number[] {
    return this.#elements(name, 4, (at) => this.#buffer.readInt32(at));
  }

  int64s(name: keyof F): number[] {
    return this.#elements(name, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  float32s(name: keyof F): number[] {
    return this.#elements(name, 4, (at) => this.#buffer.readFloat32(at));
  }

  bytes(name: keyof F): Uint8Array {
    const at = this.#at(name);
    if (at === undefined) return new Uint8Array();
    const begin = this.#buffer.__vector(at);
    return this.#buffer.bytes().slice(begin, begin + this.#lengthOf(at, 1));
  }

  #elements<T>(name: keyof F, size: number, read: (at: number) => T): T[] {
    const at = this.#at(name);
    if (at === undefined) return [];
    const begin = this.#buffer.__vector(at);
    return Array.from({ length: this.#lengthOf(at, size) }, (_, i) => read(begin + size * i));
  }

  /** Number of elements of so many bytes. @throws RangeError where they would not fit the file. */
  #lengthOf(at: number, size: number): number {
    const length = this.#buffer.__vector_len(at);
    const room = this.#buffer.capacity() - this.#buffer.__vector(at);
    if (length < 0 || length * size > room) throw new RangeError(`a vector of ${length} elements in ${room} bytes`);
    return length;
  }

  #at(name: keyof F): number | undefined {
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * this.#fields[name]!.slot);
    return offset === 0 ? undefined : this.#position + offset;
  }
}
