/** What a synthetic source is made of: stretches in which one person wears the watch, or nobody. */
import type { Activity } from '../activity.js';
import { Autonomic } from '../heart/autonomic.js';
import { Heart } from '../heart/heart.js';
import type { Person } from '../heart/person.js';
import { ElectrodeNoise, type MainsHum } from '../noise/electrode-noise.js';
import type { Random } from '../random.js';

/** Samples of one stretch, block by block. */
export interface Stretch {
  readonly leadOff: boolean;
  /**
   * Makes the next samples.
   *
   * @param start index of the first, counted from the beginning of the source; calls follow one another without a hole.
   * @param out `[n]`, mV, at most the block length that the source works with.
   */
  render(start: number, out: Float64Array): void;
}

/** How all stretches of a source are sampled and disturbed. */
export interface Recording {
  /** Samples per second. */
  readonly rate: number;
  /** Most samples of a block. */
  readonly block: number;
  readonly noiseLevel: number;
  readonly hum: MainsHum;
  readonly activityAt: (seconds: number) => Activity;
}

/** White noise and mains that an amplifier shows whose inputs are open, mV. */
const OPEN_NOISE = 0.004;
const OPEN_HUM: MainsHum = { hertz: 50, millivolts: 0.02 };

/** Nobody wears the watch. */
export function openStretch(recording: Recording, random: Random): Stretch {
  const { hertz, millivolts } = recording.hum.millivolts > 0 ? recording.hum : OPEN_HUM;
  const step = (2 * Math.PI * hertz) / recording.rate;
  return {
    leadOff: true,
    render(start, out) {
      for (let i = 0; i < out.length; i++) {
        out[i] = OPEN_NOISE * random.normal() + millivolts * Math.sin(step * (start + i));
      }
    },
  };
}

/**
 * A person wears the watch.
 *
 * @param origin when the stretch begins, s. After the beginning of the source, the electrodes have to settle first.
 * @param onBeat is told the time of every R peak, s, in order, before its samples are rendered.
 */
export function wornStretch(
  person: Person,
  recording: Recording,
  random: Random,
  origin: number,
  onBeat: (seconds: number) => void,
): Stretch {
  const { rate, block, noiseLevel, hum, activityAt } = recording;
  const autonomic = new Autonomic(person, random.split('autonomic'), activityAt, origin);
  const heart = new Heart(person, autonomic, random.split('heart'), rate, origin, onBeat);
  const noise = new ElectrodeNoise(random.split('noise'), rate, block / rate, noiseLevel, hum, origin > 0);
  const baseline = new Float64Array(block);
  return {
    leadOff: false,
    render(start, out) {
      const activity = activityAt(start / rate);
      const from = autonomic.breathPhaseAt(start / rate);
      const to = autonomic.breathPhaseAt((start + out.length) / rate);
      const wander = baseline.subarray(0, out.length);
      noise.baseline(wander, activity, from, to);
      out.fill(0);
      heart.render(start, out, wander);
      noise.apply(start, out, activity);
    },
  };
}
