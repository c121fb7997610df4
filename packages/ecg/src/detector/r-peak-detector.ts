/**
 * The streaming R-peak detector: Pan–Tompkins at heart, causal, float32. The same samples give the same peaks to the bit
 * however they are cut into chunks, because nothing in it knows of chunks.
 */
import { SampleRing } from '../signal/sample-ring.js';
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { BeatDecision } from './beat-decision.js';
import { BeatShapes } from './beat-shapes.js';
import { shapeDelay, strangeWeight } from './constants.js';
import { PeakPicker } from './peak-picker.js';
import { placePeak } from './peak-placement.js';
import { QrsFeature } from './qrs-feature.js';

const f = Math.fround;

/** Takes the 0.5–40 Hz signal at 250 samples per second (mV). */
export class RPeakDetector implements Stateful {
  private readonly signal = new SampleRing(128);
  private readonly feature = new QrsFeature();
  private readonly picker = new PeakPicker();
  private readonly shapes = new BeatShapes();
  private readonly decision = new BeatDecision();

  /**
   * @param sample 0.5–40 Hz signal, mV.
   * @returns position of an R peak in the stream (0 is the first sample after `clear()`), or −1. R peaks come in order.
   */
  update(sample: number): number {
    this.signal.put(sample);
    const now = this.signal.count - 1;
    const feature = this.feature.update(sample);
    if (this.picker.update(feature, now)) {
      const index = this.picker.index;
      const likeness = this.shapes.compare(this.feature.banded, index - shapeDelay);
      const weight = f(f(strangeWeight) + f(f(1 - f(strangeWeight)) * likeness));
      const value = f(this.picker.value * weight);
      this.decision.add(index, value, this.feature.steepest(index), placePeak(this.signal, index));
    }
    const beat = this.decision.update(feature, now);
    if (beat >= 0) this.shapes.learn(this.feature.banded, this.decision.lastIndex - shapeDelay);
    return beat;
  }

  clear(): void {
    this.signal.clear();
    this.feature.clear();
    this.picker.clear();
    this.shapes.clear();
    this.decision.clear();
  }

  save(writer: StateWriter): void {
    this.signal.save(writer);
    this.feature.save(writer);
    this.picker.save(writer);
    this.shapes.save(writer);
    this.decision.save(writer);
  }

  load(reader: StateReader): void {
    this.signal.load(reader);
    this.feature.load(reader);
    this.picker.load(reader);
    this.shapes.load(reader);
    this.decision.load(reader);
  }
}
