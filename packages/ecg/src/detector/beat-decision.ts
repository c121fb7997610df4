/**
 * Decides which peaks of the QRS feature are beats: adaptive threshold between noise and QRS level, refractory period,
 * T-wave check and search-back as Pan and Tompkins have them. What differs from their paper:
 * - levels are order statistics of the latest eight peaks (Hamilton 2002), the QRS level above their median;
 * - the threshold rises with the noise level; a peak weighs less when its shape is none of the latest beats' (`BeatShapes`);
 * - a candidate well below the QRS level waits for up to 260 ms and gives way to a larger one, because a tall P wave may
 *   announce the QRS complex; a QRS complex met inside a refractory period lifts the level again;
 * - two seconds of learning are judged afterwards, so that the first beats are not lost; four seconds without a beat start it anew;
 * - RR limits play a part in search-back only.
 */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { Candidate, CandidateQueue } from './candidate.js';
import {
  featureFloor,
  highestThresholdShare,
  holdTime,
  learningShare,
  learningTime,
  noiseRise,
  peakTimeout,
  qrsLevelRank,
  quietShare,
  refractory,
  relearnTime,
  relockFactor,
  rivalFactor,
  rivalWindow,
  searchBackRr,
  searchBackShare,
  sureShare,
  thresholdShare,
  tWaveSlopeShare,
  tWaveWindow,
} from './constants.js';
import { LevelMemory } from './level-memory.js';
import { RrMemory } from './rr-memory.js';

const f = Math.fround;

/** Takes candidates as they come and one `update` per sample; gives at most one beat per sample. */
export class BeatDecision implements Stateful {
  private readonly qrs = new LevelMemory();
  private readonly noise = new LevelMemory();
  private readonly intervals = new RrMemory();
  private readonly queue = new CandidateQueue(16);
  /** Above the threshold, not yet reported. */
  private readonly waiting = new Candidate();
  /** Largest peak below the threshold since the last beat. */
  private readonly missed = new Candidate();
  private readonly current = new Candidate();
  private learning = true;
  private quietSince = 0;
  /** Position of the latest beat's feature peak. */
  lastIndex = -relearnTime;
  private lastSlope = 0;
  private anyBeat = false;
  private qrsLevel = 0;
  private threshold = 0;

  /** A peak of the feature became final. @param value its height, weighed by the likeness of its shape. */
  add(index: number, value: number, slope: number, rPeak: number): void {
    if (value >= f(featureFloor)) this.queue.push(index, value, slope, rPeak);
  }

  /**
   * @param feature the feature's value of this sample.
   * @param now position of this sample in the stream.
   * @returns position of the R peak of a beat found with this sample, or −1.
   */
  update(feature: number, now: number): number {
    if (this.learning && !this.learn(now)) return -1;
    if (now - this.quietSince > relearnTime) {
      this.quietSince = now;
      this.learning = true;
      this.waiting.clear();
      return -1;
    }
    if (!this.queue.isEmpty) {
      this.queue.shift(this.current);
      const beat = this.judge(this.current);
      if (beat >= 0) return beat;
    }
    if (this.waiting.held) {
      const age = now - this.waiting.index;
      const due = this.isSure(this.waiting) || age >= holdTime + peakTimeout;
      const rising = feature > this.waiting.value && age < rivalWindow + peakTimeout;
      return due && !rising ? this.settle() : -1;
    }
    return this.searchBack(now);
  }

  /** @returns whether the levels are known. */
  private learn(now: number): boolean {
    if (now - this.quietSince < learningTime) return false;
    const largest = Math.max(this.queue.largest, this.missed.held ? this.missed.value : 0);
    if (largest === 0) {
      this.quietSince = now;
      return false;
    }
    this.qrs.fill(f(largest * f(learningShare)));
    this.noise.clear();
    this.intervals.clear();
    this.setThreshold();
    this.learning = false;
    this.quietSince = now;
    return true;
  }

  private setThreshold(): void {
    this.qrsLevel = this.qrs.ranked(qrsLevelRank);
    const noiseLevel = this.noise.median();
    const noiseShare = this.qrsLevel > 0 ? f(noiseLevel / this.qrsLevel) : 0;
    const rise = f(f(noiseRise) * Math.max(0, f(noiseShare - f(quietShare))));
    const share = Math.min(f(highestThresholdShare), f(f(thresholdShare) + rise));
    this.threshold = f(noiseLevel + f(share * f(this.qrsLevel - noiseLevel)));
  }

  private isSure(candidate: Candidate): boolean {
    return candidate.value > f(f(sureShare) * this.qrsLevel);
  }

  /** @returns a beat that had been waiting and became certain through this candidate, or −1. */
  private judge(candidate: Candidate): number {
    let beat = -1;
    if (this.waiting.held) {
      const distance = candidate.index - this.waiting.index;
      if (distance < refractory) {
        if (candidate.value > this.waiting.value) this.waiting.copy(candidate);
        return -1;
      }
      const larger = candidate.value > f(f(rivalFactor) * this.waiting.value);
      if (distance < rivalWindow && larger && candidate.value > this.threshold) {
        this.noise.add(this.waiting.value);
        this.setThreshold();
        this.waiting.copy(candidate);
        return -1;
      }
      beat = this.settle();
    }
    if (this.anyBeat && candidate.index - this.lastIndex < refractory) {
      if (candidate.value > f(f(relockFactor) * this.qrs.latest)) {
        this.qrs.replaceLatest(candidate.value);
        this.setThreshold();
      }
    } else if (candidate.value > this.threshold) {
      this.waiting.copy(candidate);
    } else {
      this.reject(candidate);
    }
    return beat;
  }

  /** The waiting candidate is a beat, or a T wave. */
  private settle(): number {
    this.current.copy(this.waiting);
    this.waiting.clear();
    const inTWave = this.anyBeat && this.current.index - this.lastIndex < tWaveWindow;
    if (inTWave && this.current.slope < f(f(tWaveSlopeShare) * this.lastSlope)) {
      this.reject(this.current);
      return -1;
    }
    return this.accept(this.current);
  }

  private accept(beat: Candidate): number {
    if (this.anyBeat) this.intervals.add(beat.index - this.lastIndex);
    this.anyBeat = true;
    this.lastIndex = beat.index;
    this.lastSlope = beat.slope;
    this.quietSince = beat.index;
    this.qrs.add(beat.value);
    this.missed.clear();
    this.setThreshold();
    return beat.rPeak;
  }

  private reject(peak: Candidate): void {
    this.noise.add(peak.value);
    this.setThreshold();
    const mayBeBeat = !this.anyBeat || peak.index - this.lastIndex >= tWaveWindow;
    if (mayBeBeat && (!this.missed.held || peak.value > this.missed.value)) this.missed.copy(peak);
  }

  private searchBack(now: number): number {
    if (!this.missed.held || this.intervals.count < 3) return -1;
    const overdue = now - this.lastIndex > f(f(searchBackRr) * this.intervals.median()) + peakTimeout;
    if (!overdue || this.missed.value <= f(f(searchBackShare) * this.threshold)) return -1;
    this.current.copy(this.missed);
    return this.accept(this.current);
  }

  clear(): void {
    for (const part of this.parts()) part.clear();
    this.learning = true;
    this.quietSince = 0;
    this.lastIndex = -relearnTime;
    this.lastSlope = 0;
    this.anyBeat = false;
    this.qrsLevel = 0;
    this.threshold = 0;
  }

  save(writer: StateWriter): void {
    for (const part of this.parts()) part.save(writer);
    writer.int(this.learning ? 1 : 0);
    writer.int(this.quietSince);
    writer.int(this.lastIndex);
    writer.float(this.lastSlope);
    writer.int(this.anyBeat ? 1 : 0);
    writer.float(this.qrsLevel);
    writer.float(this.threshold);
  }

  load(reader: StateReader): void {
    for (const part of this.parts()) part.load(reader);
    this.learning = reader.int() !== 0;
    this.quietSince = reader.int();
    this.lastIndex = reader.int();
    this.lastSlope = reader.float();
    this.anyBeat = reader.int() !== 0;
    this.qrsLevel = reader.float();
    this.threshold = reader.float();
  }

  private parts(): Stateful[] {
    return [this.qrs, this.noise, this.intervals, this.queue, this.waiting, this.missed];
  }
}
