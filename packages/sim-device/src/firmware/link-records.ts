/**
 * Records of the firmware's link (firmware-templates/core/include/edgebeat/app/link.h): a type, a length, and so many bytes.
 * Everything is little-endian.
 */
import { FirmwareError } from './firmware-error.js';

export interface LinkRecord {
  readonly type: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 3;

/** Types of records to the watch. */
export const TO_WATCH = {
  start: 1,
  samples: 2,
  contact: 3,
  gap: 4,
  battery: 5,
  enrol: 6,
  cancel: 7,
  forget: 8,
  claim: 9,
  save: 10,
  load: 11,
  stop: 12,
} as const;

/** Types of records from the watch. */
export const FROM_WATCH = {
  done: 129,
  started: 130,
  state: 131,
  beat: 132,
  identity: 133,
  quality: 134,
  frame: 135,
  saved: 136,
  measured: 137,
} as const;

/** @returns a record's bytes. */
export function encodeRecord(type: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set([type, payload.length & 0xff, payload.length >> 8]);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Takes bytes as they come, in any pieces, and gives whole records. */
export class RecordReader {
  #held = new Uint8Array(0);

  push(bytes: Uint8Array): LinkRecord[] {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    const records: LinkRecord[] = [];
    let at = 0;
    while (all.length - at >= HEADER_BYTES) {
      const end = at + HEADER_BYTES + (all[at + 1]! | (all[at + 2]! << 8));
      if (end > all.length) break;
      records.push({ type: all[at]!, payload: all.slice(at + HEADER_BYTES, end) });
      at = end;
    }
    this.#held = all.slice(at);
    return records;
  }
}

/** Writes the fields of a payload one after the other. */
export class PayloadWriter {
  readonly #bytes: number[] = [];

  /** An unsigned integer of 1, 2, 4 or 8 bytes. */
  uint(value: number, bytes: 1 | 2 | 4 | 8): this {
    for (let i = 0, rest = value; i < bytes; i++, rest = Math.floor(rest / 256)) this.#bytes.push(rest % 256);
    return this;
  }

  float(value: number): this {
    return this.raw(new Uint8Array(Float32Array.of(value).buffer));
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads the fields of a payload one after the other. */
export class PayloadReader {
  readonly #view: DataView;
  #at = 0;

  constructor(payload: Uint8Array) {
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  }

  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  /** An unsigned integer of 1, 2, 4 or 8 bytes; one of 8 below 2^53. */
  uint(bytes: 1 | 2 | 4 | 8): number {
    const at = this.#take(bytes);
    if (bytes === 8) return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
    if (bytes === 4) return this.#view.getUint32(at, true);
    return bytes === 2 ? this.#view.getUint16(at, true) : this.#view.getUint8(at);
  }

  float(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  raw(count: number): Uint8Array {
    const at = this.#take(count);
    return new Uint8Array(this.#view.buffer.slice(this.#view.byteOffset + at, this.#view.byteOffset + at + count));
  }

  /** Text with its length in the byte before it. */
  text(): string {
    return new TextDecoder().decode(this.raw(this.uint(1)));
  }

  #take(count: number): number {
    if (count > this.left)
      throw new FirmwareError(
        'the watch sent a record that ends too early',
        'Build the firmware of this version of edgebeat.',
      );
    this.#at += count;
    return this.#at - count;
  }
}
