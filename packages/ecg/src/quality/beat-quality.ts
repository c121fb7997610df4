/**
 * Quality of the signal around a beat, from what disturbs identity and rhythm most: slopes between the beats, where the
 * heart is silent, against the slope of the beat itself; and how much the complex resembles the ones before it.
 */
import { SampleRing } from '../signal/sample-ring.js';
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';

const f = Math.fround;

/** The complex is compared over 100 ms on either side of the R peak: so much must follow it before it can be judged. */
export const complexReach = 25;
export const templateLength = 2 * complexReach + 1;
/** Share of a new complex in the template. */
export const learningRate = f(0.125);
/** Between two beats this much is left out after the first (T wave) and before the second (P wave): 300 and 160 ms. */
export const afterBeat = 75;
export const beforeBeat = 40;
/** Slope between beats over slope of the beat: up to the first the signal is clean, from the second on unusable. */
export const cleanRatio = f(0.06);
export const unusableRatio = f(0.5);

/** `put` takes every sample of the 0.5–40 Hz signal, `rate` judges a beat whose R peak is at most two seconds old. */
export class BeatQuality implements Stateful {
  private readonly signal = new SampleRing(512);
  private readonly template = new Float32Array(templateLength);
  private readonly complex = new Float32Array(templateLength);
  private known = 0;

  /** @param sample 0.5–40 Hz signal, mV. */
  put(sample: number): void {
    this.signal.put(sample);
  }

  /**
   * @param rPeak position of the R peak. @param previous position of the one before it, or −1.
   * @returns 0 (unusable) to 1 (clean).
   */
  rate(rPeak: number, previous: number): number {
    if (rPeak - complexReach < this.signal.oldest || rPeak + complexReach >= this.signal.count) return 0;
    const silence = this.silence(rPeak, previous);
    const resemblance = this.resemblance(rPeak);
    return f(silence * resemblance);
  }

  private slope(index: number): number {
    return Math.abs(f(this.signal.at(index) - this.signal.at(index - 2)));
  }

  private silence(rPeak: number, previous: number): number {
    let steepest = 0;
    for (let i = rPeak - 12; i <= rPeak + 12; i++) steepest = Math.max(steepest, this.slope(i));
    const from = Math.max(this.signal.oldest + 2, previous < 0 ? rPeak - 150 : previous + afterBeat);
    const to = rPeak - beforeBeat;
    // Beats of a racing heart leave no silence between them: the stretch before the complex must do.
    const start = to - from >= 10 ? from : Math.max(this.signal.oldest + 2, to - 10);
    let sum = 0;
    let count = 0;
    for (let i = start; i < to; i++) {
      sum = f(sum + this.slope(i));
      count++;
    }
    if (count === 0 || steepest === 0) return 0;
    const ratio = f(f(sum / count) / steepest);
    if (ratio <= cleanRatio) return 1;
    if (ratio >= unusableRatio) return 0;
    return f(f(unusableRatio - ratio) / f(unusableRatio - cleanRatio));
  }

  /** Correlation of the complex with the running template, 0 for none or less. */
  private resemblance(rPeak: number): number {
    let sum = 0;
    for (let i = 0; i < templateLength; i++) {
      this.complex[i] = this.signal.at(rPeak - complexReach + i);
      sum = f(sum + this.complex[i]);
    }
    const mean = f(sum / templateLength);
    let power = 0;
    for (let i = 0; i < templateLength; i++) {
      this.complex[i] = f(this.complex[i] - mean);
      power = f(power + f(this.complex[i] * this.complex[i]));
    }
    if (power === 0) return 0;
    const norm = f(Math.sqrt(power));
    for (let i = 0; i < templateLength; i++) this.complex[i] = f(this.complex[i] / norm);
    let product = 0;
    let templatePower = 0;
    for (let i = 0; i < templateLength; i++) {
      product = f(product + f(this.complex[i] * this.template[i]));
      templatePower = f(templatePower + f(this.template[i] * this.template[i]));
    }
    // The first complexes have nothing to resemble; they make the template.
    const correlation = this.known < 3 || templatePower === 0 ? 1 : f(product / f(Math.sqrt(templatePower)));
    const rate = this.known < 3 ? f(1 / (this.known + 1)) : learningRate;
    for (let i = 0; i < templateLength; i++)
      this.template[i] = f(this.template[i] + f(rate * f(this.complex[i] - this.template[i])));
    if (this.known < 3) this.known++;
    return Math.max(0, Math.min(1, correlation));
  }

  clear(): void {
    this.signal.clear();
    this.template.fill(0);
    this.known = 0;
  }

  save(writer: StateWriter): void {
    this.signal.save(writer);
    writer.floats(this.template);
    writer.int(this.known);
  }

  load(reader: StateReader): void {
    this.signal.load(reader);
    reader.floats(this.template);
    this.known = reader.int();
  }
}
