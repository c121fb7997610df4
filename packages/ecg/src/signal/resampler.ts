/**
 * Streaming polyphase resampler from any rate to 250 samples per second. Output n stands exactly n / 250 s after the first
 * input sample: the kernel is symmetric, it costs latency (four periods of the slower rate), never a shift in time.
 */

import { kernelTable, stepsPerCrossing, zeroCrossings } from './resampler-kernel.js';
import type { Stateful } from './stage.js';
import type { StateReader, StateWriter } from './state.js';

const f = Math.fround;

/** Output rate in thousandths of a sample per second. */
export const outputMilliHertz = 250_000;
/** Rates below cannot carry a QRS complex, rates above do not fit the kernel's memory on a watch. */
export const lowestMilliHertz = 60_000;
export const highestMilliHertz = 4_000_000;

/** Phases up to this number are kept as a bank of coefficients; with more of them each is computed when it comes. */
const largestBank = 512;

/** A sampling rate that cannot be resampled. */
export class RateError extends Error {
  override readonly name = 'RateError';
  readonly hint = `give a rate between ${lowestMilliHertz / 1000} and ${highestMilliHertz / 1000} samples per second`;
}

function greatestCommonDivisor(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** One input stream of one rate. `update` may give none, one or several outputs, as an upsampler must. */
export class Resampler implements Stateful {
  /** Most outputs that one input can give. */
  readonly mostOutputs: number;
  /** Inputs that must follow an output's position before it can be computed. */
  private readonly half: number;
  private readonly taps: number;
  private readonly ring: Float32Array;
  /** Input samples between two outputs, as the fraction step / phases. */
  private readonly step: number;
  private readonly phases: number;
  /** Kernel table steps from one input sample to the next. */
  private readonly stride: number;
  private readonly bank: Float32Array | undefined;
  private readonly known: Uint8Array;
  private readonly scratch: Float32Array;
  private readonly passThrough: boolean;
  /** Slot of the ring that the next input takes. */
  private next = 0;
  /** Inputs to come before the next output. */
  private missing = 0;
  /** Position of the next output behind an input sample, in units of 1 / phases. */
  private phase = 0;
  private started = false;

  /**
   * @param milliHertz input rate in thousandths of a sample per second, an integer.
   * @throws RateError when the rate is outside 60–4,000 Hz or no integer.
   */
  constructor(milliHertz: number) {
    if (!Number.isInteger(milliHertz) || milliHertz < lowestMilliHertz || milliHertz > highestMilliHertz)
      throw new RateError(`sampling rate ${milliHertz / 1000} Hz cannot be resampled to 250 Hz`);
    const divisor = greatestCommonDivisor(milliHertz, outputMilliHertz);
    this.step = milliHertz / divisor;
    this.phases = outputMilliHertz / divisor;
    this.passThrough = this.step === this.phases;
    this.mostOutputs = Math.ceil(this.phases / this.step);
    const narrowing = Math.max(1, f(milliHertz / outputMilliHertz));
    this.half = Math.ceil(f(zeroCrossings * narrowing));
    this.taps = 2 * this.half;
    this.stride = f(stepsPerCrossing / narrowing);
    this.ring = new Float32Array(this.taps);
    this.bank = this.phases <= largestBank ? new Float32Array(this.phases * this.taps) : undefined;
    this.known = new Uint8Array(this.bank ? this.phases : 0);
    this.scratch = new Float32Array(this.taps);
    this.clear();
  }

  /**
   * @param sample next input.
   * @param outputs receives the outputs, from index 0 on; at least `mostOutputs` long.
   * @returns how many there are.
   */
  update(sample: number, outputs: Float32Array): number {
    if (this.passThrough) {
      outputs[0] = sample;
      return 1;
    }
    if (!this.started) {
      // As if the first value had stood for ever, like every filter behind it.
      this.started = true;
      this.ring.fill(sample);
    }
    this.ring[this.next] = sample;
    this.next = this.next + 1 === this.taps ? 0 : this.next + 1;
    let count = 0;
    this.missing--;
    while (this.missing <= 0) {
      outputs[count++] = this.interpolate();
      this.phase += this.step;
      while (this.phase >= this.phases) {
        this.phase -= this.phases;
        this.missing++;
      }
    }
    return count;
  }

  private interpolate(): number {
    let coefficients = this.scratch;
    let at = 0;
    if (this.bank) {
      coefficients = this.bank;
      at = this.phase * this.taps;
      if (this.known[this.phase] === 0) {
        this.known[this.phase] = 1;
        this.computeKernel(coefficients, at);
      }
    } else {
      this.computeKernel(coefficients, 0);
    }
    let sum = 0;
    for (let i = this.next; i < this.taps; i++) sum = f(sum + f(coefficients[at++] * this.ring[i]));
    for (let i = 0; i < this.next; i++) sum = f(sum + f(coefficients[at++] * this.ring[i]));
    return sum;
  }

  /** Kernel values at the distances of the taps from the output's position, scaled to sum 1: an offset stays an offset. */
  private computeKernel(target: Float32Array, at: number): void {
    const fraction = f(this.phase / this.phases);
    let sum = 0;
    for (let i = 0; i < this.taps; i++) {
      const distance = Math.abs(f(i - (this.half - 1) - fraction));
      const position = f(distance * this.stride);
      const below = Math.floor(position);
      let value = 0;
      if (below < kernelTable.length - 1) {
        const rest = f(position - below);
        value = f(kernelTable[below] + f(rest * f(kernelTable[below + 1] - kernelTable[below])));
      }
      target[at + i] = value;
      sum = f(sum + value);
    }
    for (let i = 0; i < this.taps; i++) target[at + i] = f(target[at + i] / sum);
  }

  clear(): void {
    this.ring.fill(0);
    this.next = 0;
    this.missing = this.half + 1;
    this.phase = 0;
    this.started = false;
  }

  save(writer: StateWriter): void {
    writer.int(this.step);
    writer.int(this.phases);
    writer.floats(this.ring);
    writer.int(this.next);
    writer.int(this.missing);
    writer.int(this.phase);
    writer.int(this.started ? 1 : 0);
  }

  /** @throws StateError when the state belongs to another rate. */
  load(reader: StateReader): void {
    reader.expect(this.step, 'rate numerator');
    reader.expect(this.phases, 'rate denominator');
    reader.floats(this.ring);
    this.next = reader.int();
    this.missing = reader.int();
    this.phase = reader.int();
    this.started = reader.int() !== 0;
  }
}
