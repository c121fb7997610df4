/**
 * The whole signal path of one stream: resampler, 0.5–40 Hz band, R peaks, beats, identity and activity windows, quality.
 * Training, evaluation and the gateway all run this one; the firmware's C core repeats it bit for bit.
 */
import { type ActivityWindow, ActivityWindows } from './beats/activity-windows.js';
import type { Beat } from './beats/beat.js';
import { BeatCutter, beatLength } from './beats/beat-cutter.js';
import { type IdentityWindow, IdentityWindows } from './beats/identity-windows.js';
import type { Normalization } from './beats/normalize.js';
import { RPeakDetector } from './detector/r-peak-detector.js';
import { BeatQuality, complexReach } from './quality/beat-quality.js';
import { type SignalQuality, WindowQuality } from './quality/window-quality.js';
import { createEcgBand, ecgBandDelay } from './signal/ecg-band.js';
import { isPlausible, replacementOf } from './signal/replacement.js';
import { Resampler } from './signal/resampler.js';
import type { Stateful } from './signal/stage.js';
import { StateReader, StateWriter } from './signal/state.js';

export interface SignalPathOptions {
  /** Input rate in thousandths of a sample per second, 60,000 to 4,000,000. */
  readonly milliHertz: number;
  /** Cut identity windows: normalisation of each beat, and beats from one window to the next (default 1). */
  readonly identity?: { readonly normalize: Normalization; readonly stride?: number };
  /** Cut activity windows: samples of a window and from one to the next, at 250 Hz. */
  readonly activity?: { readonly length: number; readonly hop: number };
}

/**
 * Where results go. All positions are in samples at 250 Hz since the stream began; those of R peaks are positions in the
 * incoming signal, the delay of the band accounted for. A beat is cut around the peak in the band's own signal.
 */
export interface SignalPathSink {
  beat?(beat: Beat): void;
  identityWindow?(window: IdentityWindow): void;
  activityWindow?(window: ActivityWindow): void;
  /** Once a second. */
  quality?(quality: SignalQuality): void;
}

/** R peaks that were found but whose surroundings, needed to judge them, have not all come yet. */
const pendingSize = 8;
/** How long a peak may wait to be judged (400 ms). */
const flushLength = 100;
const stateVersion = 1;

/** Takes raw samples; calls the sink as results become certain. Nothing is reported twice, nothing out of order. */
export class SignalPath {
  private readonly sink: SignalPathSink;
  private readonly resampler: Resampler;
  private readonly resampled: Float32Array;
  private readonly band = createEcgBand();
  private readonly detector = new RPeakDetector();
  private readonly cutter = new BeatCutter();
  private readonly beatQuality = new BeatQuality();
  private readonly windowQuality = new WindowQuality();
  private readonly identityWindows: IdentityWindows | undefined;
  private readonly activityWindows: ActivityWindows | undefined;
  private readonly beat = new Float32Array(beatLength);
  private readonly pending = new Int32Array(pendingSize);
  private pendingCount = 0;
  /** Qualities of the beats that the cutter has yet to give, in order. */
  private readonly qualities = new Float32Array(16);
  private qualityCount = 0;
  private previousPeak = -1;
  private lastValid = 0;
  private lastResampled = 0;
  private count = 0;

  /** @throws RateError for a rate outside 60–4,000 Hz. */
  constructor(options: SignalPathOptions, sink: SignalPathSink) {
    this.sink = sink;
    this.resampler = new Resampler(options.milliHertz);
    this.resampled = new Float32Array(this.resampler.mostOutputs);
    if (options.identity)
      this.identityWindows = new IdentityWindows(options.identity.normalize, options.identity.stride ?? 1);
    if (options.activity) this.activityWindows = new ActivityWindows(options.activity.length, options.activity.hop);
  }

  /**
   * Samples at 250 Hz since the stream began. Positions are 32-bit integers in the stages: clear the path, or begin another,
   * before 2³¹ of them (99 days).
   */
  get position(): number {
    return this.count;
  }

  /**
   * @param sample raw ECG in mV. A value that is not finite (lead off, a record's invalid marker) or beyond ±10 V is replaced
   * by the one before it and counted against the quality.
   */
  update(sample: number): void {
    const valid = isPlausible(sample);
    this.lastValid = replacementOf(sample, this.lastValid);
    const outputs = this.resampler.update(this.lastValid, this.resampled);
    for (let i = 0; i < outputs; i++) this.process(this.resampled[i], valid);
  }

  /** `update` for each sample of a chunk. */
  updateAll(samples: ArrayLike<number>): void {
    for (let i = 0; i < samples.length; i++) this.update(samples[i]);
  }

  /**
   * No more samples come: judges the peaks that were still waiting for what follows, as if the last value had stood. Gives
   * beats only; call `clear` before anything else.
   */
  flush(): void {
    const end = this.count;
    for (let i = 0; i < flushLength; i++) {
      const value = this.band.update(this.lastResampled);
      this.beatQuality.put(value);
      const found = this.detector.update(value);
      if (found >= 0 && found < end && this.pendingCount < pendingSize) this.pending[this.pendingCount++] = found;
      while (this.pendingCount > 0 && this.count - this.pending[0] >= complexReach) this.report(this.count);
      this.count++;
    }
    this.count = end;
  }

  private process(sample: number, valid: boolean): void {
    const now = this.count++;
    this.lastResampled = sample;
    const value = this.band.update(sample);
    this.beatQuality.put(value);
    this.cutter.put(value);
    const found = this.detector.update(value);
    if (found >= 0 && this.pendingCount < pendingSize) this.pending[this.pendingCount++] = found;
    while (this.pendingCount > 0 && now - this.pending[0] >= complexReach) this.report(now);
    while (this.cutter.take(this.beat)) this.cut();
    const activity = this.activityWindows?.update(value, now);
    if (activity) this.sink.activityWindow?.(activity);
    const quality = this.windowQuality.update(sample, valid, now);
    if (quality) this.sink.quality?.(quality);
  }

  private report(now: number): void {
    const rPeak = this.pending[0];
    this.pending.copyWithin(0, 1, this.pendingCount);
    this.pendingCount--;
    const quality = this.beatQuality.rate(rPeak, this.previousPeak);
    const rr = this.previousPeak < 0 ? 0 : rPeak - this.previousPeak;
    this.previousPeak = rPeak;
    this.windowQuality.beat(quality);
    this.sink.beat?.({ rPeak: Math.max(0, rPeak - ecgBandDelay), reportedAt: now, rr, quality });
    if (this.identityWindows && this.qualityCount < this.qualities.length) {
      this.qualities[this.qualityCount++] = quality;
      this.cutter.expect(rPeak);
    }
  }

  private cut(): void {
    const quality = this.qualities[0];
    this.qualities.copyWithin(0, 1, this.qualityCount);
    this.qualityCount--;
    if (this.cutter.incomplete) {
      this.identityWindows?.clear();
      return;
    }
    const window = this.identityWindows?.update(this.beat, this.cutter.rPeak - ecgBandDelay, quality);
    if (window) this.sink.identityWindow?.(window);
  }

  /** Starts anew, as after a gap: positions count from 0 again, and no beat spans the break. */
  clear(): void {
    for (const part of this.parts()) part.clear();
    this.pending.fill(0);
    this.pendingCount = 0;
    this.qualities.fill(0);
    this.qualityCount = 0;
    this.previousPeak = -1;
    this.lastValid = 0;
    this.lastResampled = 0;
    this.count = 0;
  }

  /** @returns the state of every stage, to be given to `restore` of a path with the same options. */
  save(): Uint8Array {
    const writer = new StateWriter();
    writer.int(stateVersion);
    for (const part of this.parts()) part.save(writer);
    writer.ints(this.pending);
    writer.int(this.pendingCount);
    writer.floats(this.qualities);
    writer.int(this.qualityCount);
    writer.int(this.previousPeak);
    writer.float(this.lastValid);
    writer.float(this.lastResampled);
    writer.int(this.count);
    return writer.finish();
  }

  /**
   * Continues a saved stream: what follows gives the same bits as if it had never stopped.
   * @throws StateError for a state of another version or other options.
   */
  restore(state: Uint8Array): void {
    const reader = new StateReader(state);
    reader.expect(stateVersion, 'version');
    for (const part of this.parts()) part.load(reader);
    reader.ints(this.pending);
    this.pendingCount = reader.int();
    reader.floats(this.qualities);
    this.qualityCount = reader.int();
    this.previousPeak = reader.int();
    this.lastValid = reader.float();
    this.lastResampled = reader.float();
    this.count = reader.int();
    reader.end();
  }

  private parts(): Stateful[] {
    const parts: Stateful[] = [
      this.resampler,
      this.band,
      this.detector,
      this.cutter,
      this.beatQuality,
      this.windowQuality,
    ];
    if (this.identityWindows) parts.push(this.identityWindows);
    if (this.activityWindows) parts.push(this.activityWindows);
    return parts;
  }
}
