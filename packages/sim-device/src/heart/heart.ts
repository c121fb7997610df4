/**
 * A beating heart after McSharry, Clifford, Tarassenko and Smith, "A dynamical model for generating synthetic
 * electrocardiogram signals", IEEE Trans. Biomed. Eng. 50(3), 2003. A point runs round a limit cycle, once a beat, and is
 * pulled up and down by Gaussian attractors at the angles of P, Q, R, S and T:
 * `z' = −Σ aᵢ Δθᵢ exp(−Δθᵢ²/2bᵢ²) − (z − z₀)`.
 *
 * How this differs from the paper:
 * - The phase is exact. On the limit cycle θ' = ω, and the attractors integrate to Gaussians in time, so the wave train is
 *   written down rather than integrated; what is left of the equation, the pull towards z₀ with its time constant of 1 s, is
 *   one first-order recursion, exact between samples. The result depends neither on a step size nor on the sampling rate.
 * - Waves are given in millivolts and seconds instead of aᵢ, bᵢ, θᵢ: the QRS complex keeps its duration at any heart rate,
 *   PR and QT follow laws of their own (QT with the square root of a smoothed RR), and heights do not fall as the rate rises.
 * - P, R, S and T may be steeper on one side (as in later work on the model), and there is a level for the ST segment.
 * - Each beat differs a little from the one before, and its height follows the breath.
 */
import type { Random } from '../random.js';
import type { Autonomic } from './autonomic.js';
import type { Person } from './person.js';
import { rApexTime } from './r-apex.js';
import { type PlacedWave, placeWave, WAVE_REACH, waveAt } from './wave.js';

/** No wave of a beat begins earlier before its R peak, s. */
const BEFORE_R = 0.4;
const RELAXATION_SECONDS = 1;

/** Beat-to-beat deviations, standard deviations: of every height, of the T wave's, of places. */
const HEIGHT_JITTER = 0.015;
const T_JITTER = 0.03;
const PLACE_JITTER = 0.0015;
/** Share of the newest RR interval in that to which QT has adapted. */
const QT_ADAPTATION = 0.12;

export class Heart {
  readonly #person: Person;
  readonly #autonomic: Autonomic;
  readonly #random: Random;
  readonly #rate: number;
  readonly #keep: number;
  /** The wave train ahead, mV, by sample index modulo its length. */
  readonly #train: Float64Array;
  readonly #onBeat: (rTime: number) => void;
  #nextR: number;
  #adaptedRr: number;
  #previousTrain = 0;
  #z = 0;

  /**
   * @param rate samples per second.
   * @param origin when the heart is first seen, s.
   * @param onBeat is told the time of every R apex, in order, before its samples are rendered.
   */
  constructor(
    person: Person,
    autonomic: Autonomic,
    random: Random,
    rate: number,
    origin: number,
    onBeat: (rTime: number) => void,
  ) {
    this.#person = person;
    this.#autonomic = autonomic;
    this.#random = random;
    this.#rate = rate;
    this.#keep = Math.exp(-1 / (rate * RELAXATION_SECONDS));
    this.#train = new Float64Array(Math.ceil(2.5 * rate));
    this.#onBeat = onBeat;
    this.#adaptedRr = autonomic.rrAt(origin);
    this.#nextR = origin + 0.1 + this.#adaptedRr * random.uniform();
  }

  /**
   * Adds the next samples to a buffer.
   *
   * @param first index of the first sample; calls follow one another without a hole.
   * @param out `[n]`, mV, at most 0.5 s.
   * @param baseline `[n]`, mV: z₀, towards which the signal is pulled.
   */
  render(first: number, out: Float64Array, baseline: Float64Array): void {
    const until = (first + out.length) / this.#rate;
    while (this.#nextR - BEFORE_R < until) this.#beat(first);
    const train = this.#train;
    for (let i = 0; i < out.length; i++) {
      const place = (first + i) % train.length;
      const value = train[place]!;
      train[place] = 0;
      this.#z = this.#keep * (this.#z + value - this.#previousTrain) + (1 - this.#keep) * baseline[i]!;
      this.#previousTrain = value;
      out[i]! += this.#z;
    }
  }

  /** Draws the next beat into the train. */
  #beat(firstSample: number): void {
    const random = this.#random;
    const rTime = this.#nextR;
    const rr = this.#autonomic.rrAt(rTime);
    const breath = Math.sin(this.#autonomic.breathPhaseAt(rTime));
    const { waves, axisTurn } = this.#person;
    const height = 1 + axisTurn.qrs * breath;
    const tHeight = 1 + axisTurn.t * breath + T_JITTER * random.normal();
    const placed = waves.map((wave) => {
      const factor = (wave.name === 'T' ? tHeight : height) * (1 + HEIGHT_JITTER * random.normal());
      const shift = wave.law === 'fixed' ? 0 : PLACE_JITTER * random.normal();
      return placeWave(wave, rTime, this.#adaptedRr, factor, shift);
    });
    for (const wave of placed) this.#draw(wave, firstSample);
    this.#onBeat(rApexTime(placed, rTime));
    this.#adaptedRr += QT_ADAPTATION * (rr - this.#adaptedRr);
    this.#nextR = rTime + rr;
  }

  #draw(wave: PlacedWave, firstSample: number): void {
    const train = this.#train;
    const from = Math.max(firstSample, Math.ceil((wave.center - WAVE_REACH * wave.widthBefore) * this.#rate));
    const to = (wave.center + WAVE_REACH * wave.widthAfter) * this.#rate;
    for (let n = from; n <= to; n++) train[n % train.length]! += waveAt(wave, n / this.#rate);
  }
}
