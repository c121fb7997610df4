/** Second-order filter sections in float32, transposed direct form II, and cascades of them. */
import type { Filter } from './stage.js';
import type { StateReader, StateWriter } from './state.js';

const f = Math.fround;

/** `b0, b1, b2, a1, a2` of one section, a0 = 1. Every number must be a float32 value. */
export type BiquadCoefficients = readonly [number, number, number, number, number];

/**
 * One section. After `clear()` the first sample is taken as having stood for ever, so that an offset (an ADC's mid-scale,
 * an electrode's half-cell voltage) does not ring through the filter.
 */
export class Biquad implements Filter {
  private readonly b0: number;
  private readonly b1: number;
  private readonly b2: number;
  private readonly a1: number;
  private readonly a2: number;
  /** Output over input for a constant: 0 for a high-pass, 1 for a low-pass. */
  private readonly gainAtZero: number;
  private z1 = 0;
  private z2 = 0;
  private settled = false;

  constructor(coefficients: BiquadCoefficients) {
    const [b0, b1, b2, a1, a2] = coefficients;
    this.b0 = f(b0);
    this.b1 = f(b1);
    this.b2 = f(b2);
    this.a1 = f(a1);
    this.a2 = f(a2);
    this.gainAtZero = Math.round((b0 + b1 + b2) / (1 + a1 + a2));
  }

  update(sample: number): number {
    if (!this.settled) {
      this.settled = true;
      const y = f(this.gainAtZero * sample);
      this.z2 = f(f(this.b2 * sample) - f(this.a2 * y));
      this.z1 = f(f(f(this.b1 * sample) - f(this.a1 * y)) + this.z2);
      return y;
    }
    const y = f(f(this.b0 * sample) + this.z1);
    this.z1 = f(f(f(this.b1 * sample) - f(this.a1 * y)) + this.z2);
    this.z2 = f(f(this.b2 * sample) - f(this.a2 * y));
    return y;
  }

  clear(): void {
    this.z1 = 0;
    this.z2 = 0;
    this.settled = false;
  }

  save(writer: StateWriter): void {
    writer.float(this.z1);
    writer.float(this.z2);
    writer.int(this.settled ? 1 : 0);
  }

  load(reader: StateReader): void {
    this.z1 = reader.float();
    this.z2 = reader.float();
    this.settled = reader.int() !== 0;
  }
}

/** Sections one after the other. */
export class BiquadCascade implements Filter {
  private readonly sections: readonly Biquad[];

  constructor(sections: readonly BiquadCoefficients[]) {
    this.sections = sections.map((coefficients) => new Biquad(coefficients));
  }

  update(sample: number): number {
    let value = sample;
    for (const section of this.sections) value = section.update(value);
    return value;
  }

  clear(): void {
    for (const section of this.sections) section.clear();
  }

  save(writer: StateWriter): void {
    for (const section of this.sections) section.save(writer);
  }

  load(reader: StateReader): void {
    for (const section of this.sections) section.load(reader);
  }
}
