/**
 * The shapes of the beats of late: a handful of templates in the QRS band. A peak that resembles one of them is more likely
 * to be a beat than one that does not, however large; noise rarely has the same shape twice.
 */
import type { SampleRing } from '../signal/sample-ring.js';
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { sameShape, shapeCount, shapeLag, shapeLearningRate, shapeReach } from './constants.js';

const f = Math.fround;
const length = 2 * shapeReach + 1;
const lags = 2 * shapeLag + 1;

/** `shapeCount` templates of norm 1; the one that was longest without use gives way to a new shape. */
export class BeatShapes implements Stateful {
  private readonly shapes = new Float32Array(shapeCount * length);
  /** When each was used last, in learnt beats; 0 for an empty one. */
  private readonly lastUse = new Int32Array(shapeCount);
  private readonly window = new Float32Array(length + 2 * shapeLag);
  /** Norm of the window at each lag. */
  private readonly norms = new Float32Array(lags);
  private clock = 0;
  private best = -1;
  private bestLag = 0;

  /**
   * @param banded signal of the QRS band, at least 64 samples of it. @param centre middle of the complex, position in the stream.
   * @returns the largest correlation with a known shape at any lag, 0 to 1; 1 while none is known.
   */
  compare(banded: SampleRing, centre: number): number {
    let any = false;
    let largest = 0;
    this.best = -1;
    this.bestLag = 0;
    const from = centre - shapeReach - shapeLag;
    for (let i = 0; i < this.window.length; i++) {
      const at = from + i;
      this.window[i] = at < banded.oldest || at >= banded.count ? 0 : banded.at(at);
    }
    for (let lag = 0; lag < lags; lag++) {
      let power = 0;
      for (let i = 0; i < length; i++) power = f(power + f(this.window[lag + i] * this.window[lag + i]));
      this.norms[lag] = f(Math.sqrt(power));
    }
    for (let k = 0; k < shapeCount; k++) {
      if (this.lastUse[k] === 0) continue;
      any = true;
      for (let lag = 0; lag < lags; lag++) {
        let product = 0;
        for (let i = 0; i < length; i++) product = f(product + f(this.window[lag + i] * this.shapes[k * length + i]));
        const correlation = product > 0 && this.norms[lag] > 0 ? f(product / this.norms[lag]) : 0;
        if (correlation > largest) {
          largest = correlation;
          this.best = k;
          this.bestLag = lag;
        }
      }
    }
    return any ? largest : 1;
  }

  /**
   * A beat was accepted: its shape moves the nearest template, or becomes one.
   * @param centre middle of its complex; a beat that was found too late to be in the ring teaches nothing.
   */
  learn(banded: SampleRing, centre: number): void {
    if (centre - shapeReach - shapeLag < banded.oldest) return;
    const correlation = this.compare(banded, centre);
    this.clock++;
    let slot = this.best;
    let lag = this.bestLag;
    let rate = f(shapeLearningRate);
    if (slot < 0 || correlation < f(sameShape)) {
      slot = 0;
      for (let k = 1; k < shapeCount; k++) if (this.lastUse[k] < this.lastUse[slot]) slot = k;
      lag = shapeLag;
      rate = 1;
    }
    this.lastUse[slot] = this.clock;
    const norm = this.norms[lag];
    if (norm === 0) return;
    let total = 0;
    for (let i = 0; i < length; i++) {
      const at = slot * length + i;
      const value = f(this.window[lag + i] / norm);
      this.shapes[at] = rate === 1 ? value : f(this.shapes[at] + f(rate * f(value - this.shapes[at])));
      total = f(total + f(this.shapes[at] * this.shapes[at]));
    }
    const scale = f(Math.sqrt(total));
    if (scale > 0)
      for (let i = 0; i < length; i++) this.shapes[slot * length + i] = f(this.shapes[slot * length + i] / scale);
  }

  clear(): void {
    this.shapes.fill(0);
    this.lastUse.fill(0);
    this.clock = 0;
  }

  save(writer: StateWriter): void {
    writer.floats(this.shapes);
    writer.ints(this.lastUse);
    writer.int(this.clock);
  }

  load(reader: StateReader): void {
    reader.floats(this.shapes);
    reader.ints(this.lastUse);
    this.clock = reader.int();
  }
}
