/**
 * Saved state of stages: a flat little-endian byte string of float32 and int32 words, so that C can read and write the
 * same bytes. Each stage writes its words in a fixed order; there are no names inside.
 */

/** A saved state that does not fit what reads it. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly hint = 'restore only a state that the same version of edgebeat saved with the same options';
}

/** Collects the words of a state. */
export class StateWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  private room(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  float(value: number): void {
    const at = this.room(4);
    this.view.setFloat32(at, value, true);
  }

  /** @param value an integer between −2³¹ and 2³¹ − 1. */
  int(value: number): void {
    const at = this.room(4);
    this.view.setInt32(at, value, true);
  }

  floats(values: Float32Array): void {
    for (const value of values) this.float(value);
  }

  ints(values: Int32Array): void {
    for (const value of values) this.int(value);
  }

  /** @returns a copy of the bytes written so far. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Gives the words of a state back in the order in which they were written. */
export class StateReader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private take(size: number): number {
    const at = this.at;
    if (at + size > this.view.byteLength) throw new StateError(`saved state ends at byte ${this.view.byteLength}`);
    this.at += size;
    return at;
  }

  float(): number {
    return this.view.getFloat32(this.take(4), true);
  }

  int(): number {
    return this.view.getInt32(this.take(4), true);
  }

  /** @throws StateError unless the next word is `value`. */
  expect(value: number, what: string): void {
    const found = this.int();
    if (found !== value) throw new StateError(`saved state has ${what} ${found}, expected ${value}`);
  }

  /** Fills `target` in place. */
  floats(target: Float32Array): void {
    for (let i = 0; i < target.length; i++) target[i] = this.float();
  }

  /** Fills `target` in place. */
  ints(target: Int32Array): void {
    for (let i = 0; i < target.length; i++) target[i] = this.int();
  }

  /** @throws StateError when bytes are left over. */
  end(): void {
    const left = this.view.byteLength - this.at;
    if (left !== 0) throw new StateError(`saved state has ${left} bytes too many`);
  }
}
