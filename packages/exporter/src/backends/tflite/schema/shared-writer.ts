/** Writes strings, vectors and tables once, however often the same one is asked for: FlatBuffers may point to one from anywhere. */
import { Builder, type Offset } from 'flatbuffers';
import { type Fields, type FieldValues, writeTable } from './table.js';

export class SharedWriter {
  readonly builder = new Builder(1 << 16);
  readonly #written = new Map<string, Offset>();

  string(text: string): Offset {
    return this.#once(`s ${text}`, () => this.builder.createString(text));
  }

  int32s(values: readonly number[]): Offset {
    return this.#once(`i ${values.join()}`, () =>
      this.#vector(4, values.length, (i) => this.builder.addInt32(values[i]!)),
    );
  }

  int64s(values: readonly number[]): Offset {
    return this.#once(`l ${values.join()}`, () =>
      this.#vector(8, values.length, (i) => this.builder.addInt64(BigInt(values[i]!))),
    );
  }

  float32s(values: Float32Array): Offset {
    return this.#once(`f ${values.join()}`, () =>
      this.#vector(4, values.length, (i) => this.builder.addFloat32(values[i]!)),
    );
  }

  tables(offsets: readonly Offset[]): Offset {
    return this.#vector(4, offsets.length, (i) => this.builder.addOffset(offsets[i]!));
  }

  /** Bytes that begin at a multiple of 16 from the file's begin. */
  alignedBytes(bytes: Uint8Array): Offset {
    this.builder.prep(16, bytes.length);
    return this.builder.createByteVector(bytes);
  }

  /** One table for all that have these values. */
  table<F extends Fields>(name: string, fields: F, values: FieldValues<F>): Offset {
    return this.#once(`t ${name} ${JSON.stringify(values)}`, () => writeTable(this.builder, fields, values));
  }

  #vector(size: number, count: number, add: (index: number) => void): Offset {
    this.builder.startVector(size, count, size);
    for (let i = count - 1; i >= 0; i--) add(i);
    return this.builder.endVector();
  }

  #once(key: string, write: () => Offset): Offset {
    const known = this.#written.get(key);
    if (known !== undefined) return known;
    const offset = write();
    this.#written.set(key, offset);
    return offset;
  }
}
