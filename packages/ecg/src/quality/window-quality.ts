/** Quality of one second of signal: what can be told without a beat (flat, clipped), joined with the quality of its beats. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';

const f = Math.fround;

/** Samples judged at a time, one second. */
export const qualityLength = 250;
/** Less peak-to-peak than this (mV) is no heart. */
export const flatRange = f(0.03);
/** Samples closer to an extreme than this share of the range are on it, … */
export const edgeShare = f(0.002);
/** … and runs of this many of them (40 ms) are a clipped signal. */
export const clippedRun = 10;
/** Seconds without a beat after which their absence is reported. */
export const beatlessSeconds = 3;

/** Why a second is poor. */
export type QualityReason = 'flat' | 'clipped' | 'no-beats' | 'noisy' | 'invalid';

export interface SignalQuality {
  /** Signal-quality index, 0 (unusable) to 1 (clean). */
  readonly sqi: number;
  readonly reasons: readonly QualityReason[];
  /** Position of the last sample of this second, at 250 Hz since the stream began. */
  readonly end: number;
}

/** `beat` announces the quality of each beat, `update` takes every sample of the unfiltered 250 Hz signal. */
export class WindowQuality implements Stateful {
  private readonly samples = new Float32Array(qualityLength);
  private held = 0;
  private beats = 0;
  private beatQuality = 0;
  private secondsWithoutBeat = 0;
  private invalid = 0;

  beat(quality: number): void {
    this.beatQuality = f(this.beatQuality + quality);
    this.beats++;
  }

  /** @param sample mV. @param valid false where the recording had no value. @param now position in the stream. */
  update(sample: number, valid: boolean, now: number): SignalQuality | undefined {
    this.samples[this.held++] = sample;
    if (!valid) this.invalid++;
    if (this.held < qualityLength) return undefined;
    const quality = this.judge(now);
    this.held = 0;
    this.beats = 0;
    this.beatQuality = 0;
    this.invalid = 0;
    return quality;
  }

  private judge(end: number): SignalQuality {
    this.secondsWithoutBeat = this.beats > 0 ? 0 : this.secondsWithoutBeat + 1;
    const reasons: QualityReason[] = [];
    let low = this.samples[0];
    let high = this.samples[0];
    for (const sample of this.samples) {
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    const range = f(high - low);
    if (this.invalid > qualityLength / 5) reasons.push('invalid');
    if (range < flatRange) reasons.push('flat');
    else if (this.longestEdge(low, high, f(edgeShare * range)) >= clippedRun) reasons.push('clipped');
    if (this.secondsWithoutBeat >= beatlessSeconds) reasons.push('no-beats');
    // Between two slow beats there may be a second without one: it says nothing against the signal.
    const ofBeats = this.beats > 0 ? f(this.beatQuality / this.beats) : 1;
    if (ofBeats < 0.5) reasons.push('noisy');
    const unusable = reasons.some((reason) => reason !== 'noisy');
    return { sqi: unusable ? 0 : ofBeats, reasons, end };
  }

  /** Longest run of samples at the lowest or highest value. */
  private longestEdge(low: number, high: number, margin: number): number {
    const lowEdge = f(low + margin);
    const highEdge = f(high - margin);
    let longest = 0;
    let run = 0;
    for (const sample of this.samples) {
      run = sample <= lowEdge || sample >= highEdge ? run + 1 : 0;
      if (run > longest) longest = run;
    }
    return longest;
  }

  clear(): void {
    this.samples.fill(0);
    this.held = 0;
    this.beats = 0;
    this.beatQuality = 0;
    this.secondsWithoutBeat = 0;
    this.invalid = 0;
  }

  save(writer: StateWriter): void {
    writer.floats(this.samples);
    writer.int(this.held);
    writer.int(this.beats);
    writer.float(this.beatQuality);
    writer.int(this.secondsWithoutBeat);
    writer.int(this.invalid);
  }

  load(reader: StateReader): void {
    reader.floats(this.samples);
    this.held = reader.int();
    this.beats = reader.int();
    this.beatQuality = reader.float();
    this.secondsWithoutBeat = reader.int();
    this.invalid = reader.int();
  }
}
