/** Identity windows: three consecutive beats, each normalised by itself; the network's input `[3, 300]`. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { beatLength } from './beat-cutter.js';
import { type Normalization, normalize } from './normalize.js';

/** Beats of a window. */
export const beatsPerWindow = 3;
/** Beats further apart than this (2 s) are not consecutive: one between them was missed. */
export const longestRr = 500;

export interface IdentityWindow {
  /** Row-major `[3, 300]`. */
  readonly samples: Float32Array;
  /** The three R peaks, in samples at 250 Hz since the stream began. */
  readonly rPeaks: readonly [number, number, number];
  /** Lowest quality of its beats, 0 to 1. */
  readonly quality: number;
}

/** Collects beats; gives a window with every `stride`-th beat from the third on. */
export class IdentityWindows implements Stateful {
  private readonly normalization: Normalization;
  private readonly stride: number;
  private readonly samples = new Float32Array(beatsPerWindow * beatLength);
  private readonly rPeaks = new Int32Array(beatsPerWindow);
  private readonly qualities = new Float32Array(beatsPerWindow);
  private held = 0;

  /** @param stride beats from one window to the next: 1 overlaps them, 3 does not. */
  constructor(normalization: Normalization, stride: number) {
    this.normalization = normalization;
    this.stride = stride;
  }

  /**
   * @param beat 300 samples, mV; not kept.
   * @returns the window that this beat completes.
   */
  update(beat: Float32Array, rPeak: number, quality: number): IdentityWindow | undefined {
    if (this.held > 0 && rPeak - this.rPeaks[this.held - 1] > longestRr) this.held = 0;
    const row = this.samples.subarray(this.held * beatLength, (this.held + 1) * beatLength);
    row.set(beat);
    normalize(row, this.normalization);
    this.rPeaks[this.held] = rPeak;
    this.qualities[this.held] = quality;
    this.held++;
    if (this.held < beatsPerWindow) return undefined;
    const window: IdentityWindow = {
      samples: this.samples.slice(),
      rPeaks: [this.rPeaks[0], this.rPeaks[1], this.rPeaks[2]],
      quality: Math.min(this.qualities[0], this.qualities[1], this.qualities[2]),
    };
    const kept = Math.max(0, beatsPerWindow - this.stride);
    const from = beatsPerWindow - kept;
    this.samples.copyWithin(0, from * beatLength);
    this.rPeaks.copyWithin(0, from);
    this.qualities.copyWithin(0, from);
    this.held = kept;
    return window;
  }

  /** A beat was missing or could not be cut: what follows is not consecutive to what came before. */
  clear(): void {
    this.held = 0;
    this.samples.fill(0);
    this.rPeaks.fill(0);
    this.qualities.fill(0);
  }

  save(writer: StateWriter): void {
    writer.floats(this.samples);
    writer.ints(this.rPeaks);
    writer.floats(this.qualities);
    writer.int(this.held);
  }

  load(reader: StateReader): void {
    reader.floats(this.samples);
    reader.ints(this.rPeaks);
    reader.floats(this.qualities);
    this.held = reader.int();
  }
}
