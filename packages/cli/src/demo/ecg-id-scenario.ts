/** Three persons of the ECG-ID database on whom no shipped model was trained: each enrols on one record and streams others. */
import { openRecord } from '@edgebeat/ecg';
import { RecordSource, type ReplayItem } from '@edgebeat/sim-device';
import { type DataSetSubject, ecgId, isHeldOut } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import { chooseBySeed } from './choose-by-seed.js';
import { enrolSeconds, type Scenario, swapWithin, type Timeline, tailSeconds } from './scenario.js';

const watchCount = 3;
/** One to enrol, one to stream before the swap and one after. */
const recordsNeeded = 3;
/** Records last this long; the first one is the enrolment. */
const recordSeconds = 20;

/** Time without a sample between two records. */
const pauseSeconds = 1;

/**
 * @param seconds how long it lasts. @param dataDir folder that holds `ecg-id`. @param seed chooses the persons.
 * @throws DataSetError when the data set is not there.
 */
export async function ecgIdScenario(seconds: number, dataDir: string, seed: string): Promise<Scenario> {
  const swap = swapWithin(seconds, 0);
  const timeline: Timeline = { seconds, enrolSeconds, activityFromSeconds: 0, swap };
  const { subjects } = await ecgId(dataDir);
  const persons = choose(
    subjects.filter(({ records }) => records.length >= recordsNeeded && isHeldOut(records[0]!)),
    seed,
  );
  const after: readonly number[] = [1, 0, 2];
  const untilSwap = swap.offSeconds - recordSeconds;
  const untilEnd = seconds + tailSeconds - swap.offSeconds;
  const watches = await Promise.all(
    persons.map(async (person, i) => {
      const next = persons[after[i]!]!;
      const items = await Promise.all([
        replay(person, 0, recordSeconds - pauseSeconds),
        replay(person, 1, untilSwap - pauseSeconds),
        replay(next, 2, untilEnd),
      ]);
      return { device: `watch-${i + 1}`, source: new RecordSource({ items, pauseSeconds }), enrols: person.name };
    }),
  );
  return { title: `ECG-ID: ${persons.map(({ name }) => name).join(', ')}`, timeline, watches };
}

async function replay({ name, records }: DataSetSubject, index: number, seconds: number): Promise<ReplayItem> {
  return { record: await openRecord(records[index]!.path), channel: 0, identity: name, seconds };
}

/** Three persons, by a seed. */
function choose(subjects: readonly DataSetSubject[], seed: string): DataSetSubject[] {
  if (subjects.length < watchCount)
    throw new UsageError(
      `only ${subjects.length} persons who are held out have ${recordsNeeded} records`,
      `unpack the whole of ECG-ID: the demo needs ${watchCount} such persons`,
    );
  return chooseBySeed(subjects, watchCount, seed);
}
