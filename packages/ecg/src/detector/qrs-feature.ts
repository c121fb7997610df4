/**
 * The feature in which QRS complexes stand out: QRS band, derivative, magnitude, moving integration. Pan and Tompkins
 * (IEEE Trans. Biomed. Eng. 1985) square the derivative; Hamilton (Computers in Cardiology 2002) takes the magnitude, which
 * keeps small beats beside large ones, and so does this.
 */
import { BiquadCascade } from '../signal/biquad.js';
import { SampleRing } from '../signal/sample-ring.js';
import type { Filter } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { derivativeSpan, integrationLength, qrsBand } from './constants.js';

const f = Math.fround;
const scale = f(1 / integrationLength);

/** Takes the 0.5–40 Hz signal (mV), gives the integrated slope (mV). */
export class QrsFeature implements Filter {
  private readonly band = new BiquadCascade(qrsBand);
  /** The signal in the QRS band, half a second of it. */
  readonly banded = new SampleRing(128);
  private readonly slopes = new SampleRing(64);

  update(sample: number): number {
    const value = this.band.update(sample);
    this.banded.put(value);
    const now = this.banded.count - 1;
    const before = now >= derivativeSpan ? this.banded.at(now - derivativeSpan) : value;
    this.slopes.put(Math.abs(f(value - before)));
    // Summed afresh for each sample: a running float32 sum would drift.
    let sum = 0;
    for (let i = Math.max(0, now - integrationLength + 1); i <= now; i++) sum = f(sum + this.slopes.at(i));
    return f(sum * scale);
  }

  /**
   * Steepest slope of the complex whose feature peaks at `index`.
   * @param index position in the stream, at most 30 samples ago.
   */
  steepest(index: number): number {
    const first = Math.max(this.slopes.oldest, index - integrationLength - 6);
    const last = Math.min(this.slopes.count - 1, index + 2);
    let largest = 0;
    for (let i = first; i <= last; i++) largest = Math.max(largest, this.slopes.at(i));
    return largest;
  }

  clear(): void {
    this.band.clear();
    this.banded.clear();
    this.slopes.clear();
  }

  save(writer: StateWriter): void {
    this.band.save(writer);
    this.banded.save(writer);
    this.slopes.save(writer);
  }

  load(reader: StateReader): void {
    this.band.load(reader);
    this.banded.load(reader);
    this.slopes.load(reader);
  }
}
