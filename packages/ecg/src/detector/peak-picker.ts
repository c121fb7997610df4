/** Finds the local maxima of the QRS feature as they become certain. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { peakTimeout } from './constants.js';

const f = Math.fround;

/** After `update` returned true, `index` and `value` describe the peak. */
export class PeakPicker implements Stateful {
  /** Position of the latest peak in the stream. */
  index = 0;
  /** Feature value of the latest peak. */
  value = 0;
  private highest = 0;
  private highestAt = -1;

  /** @returns whether a peak became final with this sample. */
  update(feature: number, now: number): boolean {
    if (feature > this.highest) {
      this.highest = feature;
      this.highestAt = now;
      return false;
    }
    if (this.highestAt < 0) {
      this.highest = feature;
      return false;
    }
    if (feature >= f(this.highest * 0.5) && now - this.highestAt < peakTimeout) return false;
    this.index = this.highestAt;
    this.value = this.highest;
    this.highest = feature;
    this.highestAt = -1;
    return true;
  }

  clear(): void {
    this.index = 0;
    this.value = 0;
    this.highest = 0;
    this.highestAt = -1;
  }

  save(writer: StateWriter): void {
    writer.int(this.index);
    writer.float(this.value);
    writer.float(this.highest);
    writer.int(this.highestAt);
  }

  load(reader: StateReader): void {
    this.index = reader.int();
    this.value = reader.float();
    this.highest = reader.float();
    this.highestAt = reader.int();
  }
}
