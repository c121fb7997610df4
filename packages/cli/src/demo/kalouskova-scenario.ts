/**
 * Three persons of Kalouskova's wearable recordings: each enrols at rest, then streams the last part of each activity, which
 * `kalouskova/time-split` leaves to testing.
 */
import { type EcgRecord, openRecord } from '@edgebeat/ecg';
import { RecordSource, type ReplayItem } from '@edgebeat/sim-device';
import {
  type DataSetSubject,
  type KalouskovaRecord,
  kalouskova,
  kalouskovaActivities,
  kalouskovaTestPart,
  kalouskovaTrainingPart,
  type RecordPart,
} from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import { chooseBySeed } from './choose-by-seed.js';
import { enrolSeconds, type Scenario, type Timeline, tailSeconds } from './scenario.js';

const watchCount = 3;
/** How long the recording plays on which a person enrols. */
const enrolmentSeconds = 24;
/** Time without a sample between two recordings. */
const pauseSeconds = 1;
/** How many activities further each watch begins than the one before: three watches show all five within a minute. */
const stride = 2;

/**
 * Nobody changes watches. After the last recording of the last electrode a watch begins with the first again.
 *
 * @param seconds how long it lasts. @param dataDir folder that holds `kalouskova`. @param seed chooses the persons.
 * @throws DataSetError when the data set is not there, UsageError when it has too few persons with all activities.
 */
export async function kalouskovaScenario(seconds: number, dataDir: string, seed: string): Promise<Scenario> {
  const timeline: Timeline = { seconds, enrolSeconds, activityFromSeconds: enrolmentSeconds };
  const { subjects } = await kalouskova(dataDir);
  const complete = subjects.filter(({ records }) =>
    kalouskovaActivities.every((activity) => records.some((record) => record.activity === activity)),
  );
  if (complete.length < watchCount)
    throw new UsageError(
      `only ${complete.length} persons of Kalouskova have recordings of all activities`,
      `unpack the whole data set: the demo needs ${watchCount} such persons`,
    );
  const persons = chooseBySeed(complete, watchCount, seed);
  const watches = await Promise.all(
    persons.map(async (person, i) => {
      const items = await playlist(person, stride * i, seconds + tailSeconds);
      return { device: `watch-${i + 1}`, source: new RecordSource({ items, pauseSeconds }), enrols: person.name };
    }),
  );
  return { title: `Kalouskova: ${persons.map(({ name }) => name).join(', ')}`, timeline, watches };
}

/** The enrolment, then test parts until the time is over, the last one cut. */
async function playlist(
  { name, records }: DataSetSubject<KalouskovaRecord>,
  firstActivity: number,
  seconds: number,
): Promise<ReplayItem[]> {
  const atRest = await openRecord(records.find(({ activity }) => activity === 'rest')!.path);
  const items: ReplayItem[] = [
    { record: atRest, identity: name, part: enrolmentPart(atRest), seconds: enrolmentSeconds - pauseSeconds },
  ];
  const queue = inTurn(records, firstActivity);
  let left = seconds - enrolmentSeconds;
  for (let i = 0; left > 0; i++) {
    const record = await openRecord(queue[i % queue.length]!.path);
    const { samples, rate } = record.channels[0]!;
    const duration = ((kalouskovaTestPart.to - kalouskovaTestPart.from) * samples.length) / rate;
    items.push({ record, identity: name, part: kalouskovaTestPart, seconds: Math.min(left, duration) });
    left -= duration + pauseSeconds;
  }
  return items;
}

/** What precedes the test part, from its last gap on: an interruption would end the enrolment. */
function enrolmentPart({ channels, gaps }: EcgRecord): RecordPart {
  const { from, to } = kalouskovaTrainingPart;
  const { length } = channels[0]!.samples;
  const last = gaps.findLast(({ beforeSample }) => beforeSample < to * length);
  return { from: last ? last.beforeSample / length : from, to };
}

/** The records electrode by electrode, each electrode's from the same activity on. */
function inTurn(records: readonly KalouskovaRecord[], firstActivity: number): KalouskovaRecord[] {
  const count = kalouskovaActivities.length;
  const turn = ({ activity }: KalouskovaRecord) =>
    (kalouskovaActivities.indexOf(activity) - firstActivity + count) % count;
  return records.toSorted((a, b) => a.electrode.localeCompare(b.electrode) || turn(a) - turn(b));
}
