/** A source with a synthetic heart, or several in turn, as a schedule says. */
import type { MainsHum } from '../noise/electrode-noise.js';
import { Random } from '../random.js';
import { type EcgSource, type SourceChunk, SourceError, type TrueBeat, type Truth } from './ecg-source.js';
import { Schedule, type ScheduleEntry } from './schedule.js';
import { openStretch, type Recording, type Stretch, wornStretch } from './stretch.js';

export interface SyntheticSourceOptions {
  /** The same seed, schedule and options give the same samples, bit for bit. Default 0. */
  readonly seed?: string | number;
  /** Begins at 0. */
  readonly schedule: readonly ScheduleEntry[];
  /** Samples per second, a whole number from 100 to 2,000. Default 250. */
  readonly rate?: number;
  /** When the source ends, s. Never, where not given. */
  readonly seconds?: number;
  /** Factor on all noise; 0 is a clean signal. Default 1. */
  readonly noiseLevel?: number;
  /** Default none. */
  readonly hum?: MainsHum;
}

/** Samples that are made at once. Their places do not depend on how the source is read. */
const BLOCK = 64;

/** McSharry-type hearts (`Heart`) under the noise of a wearable (`ElectrodeNoise`). */
export class SyntheticSource implements EcgSource {
  readonly name: string;
  /** Samples per second. */
  readonly rate: number;
  readonly #random: Random;
  readonly #schedule: Schedule;
  readonly #recording: Recording;
  readonly #endSample: number;
  readonly #block = new Float64Array(BLOCK);
  #blockStart = 0;
  #blockEnd = 0;
  /** The sample that is read next. */
  #position = 0;
  #wearing = -1;
  #stretch: Stretch | undefined;
  #stretchEnd = 0;
  /** R peaks that have been drawn but not read. */
  #beats: TrueBeat[] = [];

  /** @throws SourceError for a rate, a length, a noise level or a schedule that cannot be. */
  constructor(options: SyntheticSourceOptions) {
    const { seed = 0, rate = 250, seconds = Number.POSITIVE_INFINITY, noiseLevel = 1 } = options;
    if (!Number.isInteger(rate) || rate < 100 || rate > 2000) {
      throw new SourceError(`a synthetic source cannot have ${rate} Hz`, 'Choose a whole rate from 100 to 2,000 Hz.');
    }
    if (!(seconds > 0)) throw new SourceError(`a source of ${seconds} s`, 'Choose a length above 0 s, or none.');
    if (!(noiseLevel >= 0))
      throw new SourceError(`noise level ${noiseLevel}`, 'Choose 0 for none, 1 for a usual watch.');
    const schedule = new Schedule(options.schedule);
    this.name = `synth:${seed}`;
    this.rate = rate;
    this.#random = new Random(seed).split('source');
    this.#schedule = schedule;
    this.#endSample = Math.round(seconds * rate);
    this.#recording = {
      rate,
      block: BLOCK,
      noiseLevel,
      hum: options.hum ?? { hertz: 50, millivolts: 0 },
      activityAt: (time) => schedule.activityAt(time),
    };
  }

  truthAt(seconds: number): Truth {
    const { wearer } = this.#schedule.at(seconds);
    if (wearer === null) return { identity: null, activity: null };
    return { identity: wearer.name, activity: this.#schedule.activityAt(seconds) };
  }

  read(count: number): SourceChunk | undefined {
    const first = this.#position;
    if (first >= this.#endSample) return undefined;
    if (first === this.#stretchEnd) this.#stretch = this.#nextStretch();
    const stretch = this.#stretch!;
    const until = Math.min(first + count, this.#stretchEnd);
    const samples = new Float32Array(until - first);
    while (this.#position < until) {
      if (this.#position === this.#blockEnd) this.#makeBlock(stretch);
      const to = Math.min(until, this.#blockEnd);
      samples.set(
        this.#block.subarray(this.#position - this.#blockStart, to - this.#blockStart),
        this.#position - first,
      );
      this.#position = to;
    }
    const beats = this.#takeBeats(until);
    return { samples, rate: this.rate, seconds: first / this.rate, leadOff: stretch.leadOff, beats };
  }

  #nextStretch(): Stretch {
    const { wearings } = this.#schedule;
    const { wearer, fromSeconds, untilSeconds } = wearings[++this.#wearing]!;
    const endSample = Math.min(this.#endSample, firstSampleFrom(untilSeconds, this.rate));
    this.#stretchEnd = endSample;
    const random = this.#random.split(this.#wearing);
    if (wearer === null) return openStretch(this.#recording, random);
    return wornStretch(wearer, this.#recording, random, fromSeconds, (seconds) => {
      if (Math.round(seconds * this.rate) < endSample) this.#beats.push({ seconds });
    });
  }

  /** Makes the next block: up to a multiple of its size, or to the end of the stretch. */
  #makeBlock(stretch: Stretch): void {
    this.#blockStart = this.#position;
    this.#blockEnd = Math.min(this.#stretchEnd, (Math.floor(this.#position / BLOCK) + 1) * BLOCK);
    stretch.render(this.#blockStart, this.#block.subarray(0, this.#blockEnd - this.#blockStart));
  }

  /** Takes from the queue the beats whose R peak lies before a sample. */
  #takeBeats(before: number): TrueBeat[] {
    const kept = this.#beats.findIndex(({ seconds }) => Math.round(seconds * this.rate) >= before);
    return this.#beats.splice(0, kept < 0 ? this.#beats.length : kept);
  }
}

/** Index of the first sample that is not taken before a time. */
function firstSampleFrom(seconds: number, rate: number): number {
  return Math.ceil(seconds * rate - 1e-6);
}
