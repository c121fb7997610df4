/** Five synthetic wearers: three who enrol, two of whom swap their watches, and two strangers. */
import { type Activity, drawPerson, type Person, type ScheduleEntry, SyntheticSource } from '@edgebeat/sim-device';
import { type DemoWatch, enrolSeconds, type Scenario, swapWithin, type Timeline, tailSeconds } from './scenario.js';

/** Those who enrol. The first two swap. */
const enrolled = ['ada', 'ben', 'eva'] as const;
/** Those whom nobody enrols: no answer may name anybody. */
const strangers = ['amy', 'lou'] as const;
/** How long the swapped watches lie on the table. */
const pauseSeconds = 3;
/** Wearers rest while they enrol. */
const enrolledSeconds = 20;

/**
 * What strangers do in the first and the second half of a `mixed` demo. They are the ones who move, and the others rest,
 * because an identity model that only compares mean beats, as the demo's default does, does not know anybody again who
 * moves: everything that activity changes about the signal would be booked as errors of identity.
 */
const strangersDo: readonly (readonly [Activity, Activity])[] = [
  ['arms', 'walking'],
  ['squats', 'running'],
];

/**
 * @param seconds how long it lasts. @param seed the same seed gives the same hearts, beat by beat.
 * @param activity what everybody does once the first ones are enrolled; `mixed`: those who enrol rest, the strangers move.
 */
export function syntheticScenario(seconds: number, seed: string, activity: Activity | 'mixed'): Scenario {
  const swap = swapWithin(seconds, pauseSeconds);
  const timeline: Timeline = { seconds, enrolSeconds, activityFromSeconds: 0, swap };
  const person = (name: string): Person => ({ ...drawPerson(`${seed}/${name}`), name });
  const persons = enrolled.map(person);
  const after: readonly number[] = [1, 0, 2];
  const watch = (number: number, schedule: readonly ScheduleEntry[], enrols?: string): DemoWatch => {
    const device = `watch-${number}`;
    const source = new SyntheticSource({ seed: `${seed}/${device}`, schedule, seconds: seconds + tailSeconds });
    return enrols === undefined ? { device, source } : { device, source, enrols };
  };
  const activityOnce = activity === 'mixed' ? 'rest' : activity;
  const worn = persons.map((wearer, i) => {
    const next = persons[after[i]!]!;
    const begin: ScheduleEntry[] = [
      { fromSeconds: 0, wearer, activity: 'rest' },
      { fromSeconds: enrolledSeconds, wearer, activity: activityOnce },
    ];
    const change: ScheduleEntry[] = [
      { fromSeconds: swap.offSeconds, wearer: null },
      { fromSeconds: swap.onSeconds, wearer: next, activity: activityOnce },
    ];
    return watch(i + 1, next === wearer ? begin : [...begin, ...change], wearer.name);
  });
  const strange = strangers.map((name, i) => {
    const wearer = person(name);
    const [first, second] = activity === 'mixed' ? strangersDo[i]! : (['rest', activity] as const);
    const changeSeconds = activity === 'mixed' ? Math.round(seconds / 2) : enrolledSeconds;
    return watch(enrolled.length + i + 1, [
      { fromSeconds: 0, wearer, activity: first },
      { fromSeconds: changeSeconds, wearer, activity: second },
    ]);
  });
  return { title: 'five synthetic wearers, two of them strangers', timeline, watches: [...worn, ...strange] };
}
