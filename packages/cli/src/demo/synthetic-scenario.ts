/** Three synthetic wearers. */
import { type Activity, drawPerson, type ScheduleEntry, SyntheticSource } from '@edgebeat/sim-device';
import { type Scenario, tailSeconds, timelineOf } from './scenario.js';

const wearers = ['ada', 'ben', 'eva'] as const;
/** How long the swapped watches lie on the table. */
const pauseSeconds = 3;
/** Wearers rest while they enrol. */
const enrolledSeconds = 20;

/**
 * @param seconds how long it lasts. @param seed the same seed gives the same hearts, beat by beat.
 * @param activity what everybody does once enrolled.
 */
export function syntheticScenario(seconds: number, seed: string, activity: Activity): Scenario {
  const timeline = timelineOf(seconds, pauseSeconds);
  const persons = wearers.map((name) => ({ ...drawPerson(`${seed}/${name}`), name }));
  const after: readonly number[] = [1, 0, 2];
  const watches = persons.map((person, i) => {
    const next = persons[after[i]!]!;
    const begin: ScheduleEntry[] = [
      { fromSeconds: 0, wearer: person, activity: 'rest' },
      { fromSeconds: enrolledSeconds, wearer: person, activity },
    ];
    const swap: ScheduleEntry[] = [
      { fromSeconds: timeline.swapSeconds, wearer: null },
      { fromSeconds: timeline.swappedSeconds, wearer: next, activity },
    ];
    const schedule = next === person ? begin : [...begin, ...swap];
    const device = `watch-${i + 1}`;
    const source = new SyntheticSource({ seed: `${seed}/${device}`, schedule, seconds: seconds + tailSeconds });
    return { device, source, firstWearer: person.name };
  });
  return { title: 'three synthetic wearers', timeline, watches };
}
