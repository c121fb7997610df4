/**
 * Recordings of synthetic wearers in every activity: what a model of activity can learn from beside real ones, so that it
 * knows the simulated watches, too.
 */
import { type Activity, activities } from '../activity.js';
import { drawPerson } from '../heart/person.js';
import { Random } from '../random.js';
import { SourceError } from './ecg-source.js';
import type { ScheduleEntry } from './schedule.js';
import { SyntheticSource } from './synthetic-source.js';

export interface ActivityRecordingsOptions {
  /** The same seed gives the same recordings, to the bit. No other source has these persons, whatever its seed. */
  readonly seed: string | number;
  /** How many persons. */
  readonly wearers: number;
  readonly secondsPerActivity: number;
  /** Samples per second. Default 250. */
  readonly rate?: number;
}

export interface ActivityRecording {
  /** Who wears the watch: `wearer-1`, … */
  readonly wearer: string;
  readonly activity: Activity;
  /** Samples per second. */
  readonly rate: number;
  /** `[rate · secondsPerActivity]`, mV. */
  readonly samples: Float32Array;
}

/** How long wearers rest, unrecorded, before each activity, s. */
const PAUSE = { shortest: 15, longest: 60 };

/**
 * One recording for each wearer and activity. A wearer puts the watch on once and goes through the activities in an order of
 * their own, with pauses in between. The heart takes its time to follow: who rests may have run a minute ago, and who begins
 * to run does not have the pulse of a runner yet.
 *
 * @returns recordings wearer by wearer, made as they are asked for.
 * @throws SourceError for a number of wearers, a length or a rate that cannot be.
 */
export function syntheticActivityRecordings(options: ActivityRecordingsOptions): Iterable<ActivityRecording> {
  const { wearers, secondsPerActivity, rate = 250 } = options;
  if (!Number.isInteger(wearers) || wearers < 1)
    throw new SourceError(`recordings of ${wearers} wearers`, 'Ask for 1 or more.');
  if (!Number.isInteger(secondsPerActivity * rate) || !(secondsPerActivity > 0))
    throw new SourceError(
      `recordings of ${secondsPerActivity} s at ${rate} Hz`,
      'Choose a length above 0 s that is a whole number of samples.',
    );
  return { [Symbol.iterator]: () => recordings({ ...options, rate }) };
}

function* recordings({ seed, wearers, secondsPerActivity, rate }: Required<ActivityRecordingsOptions>) {
  for (let i = 1; i <= wearers; i++) {
    const name = `wearer-${i}`;
    const ownSeed = `activity-recordings/${seed}/${i}`;
    const random = new Random(ownSeed).split('order');
    const wearer = drawPerson(ownSeed, name);
    const order = shuffled(activities, random);
    const schedule: ScheduleEntry[] = [];
    const pauses: number[] = [];
    let seconds = 0;
    for (const activity of order) {
      const pause = Math.round(random.uniform(PAUSE.shortest, PAUSE.longest));
      pauses.push(pause);
      schedule.push({ fromSeconds: seconds, wearer, activity: 'rest' });
      schedule.push({ fromSeconds: seconds + pause, wearer, activity });
      seconds += pause + secondsPerActivity;
    }
    const source = new SyntheticSource({ seed: ownSeed, schedule, rate });
    for (const [k, activity] of order.entries()) {
      source.read(pauses[k]! * rate);
      const { samples } = source.read(secondsPerActivity * rate)!;
      yield { wearer: name, activity, rate, samples };
    }
  }
}

/** The list in a random order (Fisher and Yates). */
function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const k = Math.floor(random.uniform(0, i + 1));
    [result[i], result[k]] = [result[k]!, result[i]!];
  }
  return result;
}
