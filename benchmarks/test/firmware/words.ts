/** Words and bytes between a test and the programs of firmware-templates/core/test. */

/** Bytes, with zeros up to a whole word. */
export function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(4 * Math.ceil(bytes.length / 4));
  whole.set(bytes);
  return whole;
}

/** Little-endian words. */
export function wordBytes(...words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}

/** Reads words and bytes one after the other. */
export class WordReader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.at >= this.view.byteLength;
  }

  word(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  float(): number {
    this.at += 4;
    return this.view.getFloat32(this.at - 4, true);
  }

  /** Bytes that were padded to whole words. */
  bytes(count: number): Uint8Array {
    const from = this.view.byteOffset + this.at;
    this.at += 4 * Math.ceil(count / 4);
    return new Uint8Array(this.view.buffer, from, count).slice();
  }
}
