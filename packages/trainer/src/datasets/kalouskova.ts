/**
 * The wearable ECG of Kalouskova's master's thesis on motion artefacts (2024): 10 persons, each with 3 kinds of electrode at 5
 * activities, 150 recordings of about a minute in `PP/PP_EE_activity.csv`, all of a person on one day. Its author releases the
 * data under GPL-3.0: cite it where models or figures come from it.
 */
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DataSet, type DataSetRecord, dataSetOf, findDataSet, namesIn, type Publication } from './data-set.js';
import { DataSetError } from './data-set-error.js';
import type { RecordPart } from './record-part.js';

export const kalouskovaPublication: Publication = {
  name: 'kalouskova',
  title: "Kalouskova's wearable ECG",
  page: 'https://github.com/kalouskova/DP',
  folders: ['kalouskova/data', 'DP/data', 'data'],
  layout: '01/01_01_klud.csv',
  subjects: 10,
  records: 150,
  citation:
    'Kalouskova, "Automatic detection of motion artefacts in the ECG signal from a wearable sensor using methods of artificial intelligence", master\'s thesis, 2024, https://github.com/kalouskova/DP, GPL-3.0',
};

/** In the order of the recordings' classes: nothing, arms, walking at 4 km/h, running at 8 km/h, squats. */
export const kalouskovaActivities = ['rest', 'arms', 'walking', 'running', 'squats'] as const;
export type KalouskovaActivity = (typeof kalouskovaActivities)[number];

/** By the number in the file name: gel electrodes of silver and silver chloride, of chrome and nickel, of textile. */
export const kalouskovaElectrodes = { '01': 'Ag/AgCl', '02': 'chrome-nickel', '03': 'textile' } as const;
export type KalouskovaElectrode = keyof typeof kalouskovaElectrodes;

export interface KalouskovaRecord extends DataSetRecord {
  readonly electrode: KalouskovaElectrode;
  readonly activity: KalouskovaActivity;
}

/** The time split of every record: what `kalouskova/time-split` leaves to training, and what it tests. */
export const kalouskovaTrainingPart: RecordPart = { from: 0, to: 0.7 };
export const kalouskovaTestPart: RecordPart = { from: 0.7, to: 1 };

/** The activities as the file names have them, in Slovak. */
const slovak: Readonly<Record<string, KalouskovaActivity>> = {
  klud: 'rest',
  ruky: 'arms',
  chodza: 'walking',
  beh: 'running',
  drepy: 'squats',
};
const namePattern = /^(\d\d)_(0[123])_(klud|ruky|chodza|beh|drepy)$/;

/**
 * Lists the persons and records of the data set by the names of its files. `session` is the date of the first sample. Records
 * stand in the order of electrodes, then of {@link kalouskovaActivities}.
 *
 * @param dataDir the folder of the data set, or the one above it.
 * @throws DataSetError when it is not there, or a recording does not begin with a date.
 */
export async function kalouskova(dataDir: string): Promise<DataSet<KalouskovaRecord>> {
  const folder = await findDataSet(kalouskovaPublication, dataDir, async (candidate) => {
    const [first] = await personsOf(candidate);
    return first !== undefined && (await recordsOf(candidate, first)).length > 0;
  });
  const subjects = [];
  for (const name of await personsOf(folder)) {
    const records = await Promise.all((await recordsOf(folder, name)).map((path) => describe(path)));
    const order = ({ electrode, activity }: KalouskovaRecord) =>
      10 * Number(electrode) + kalouskovaActivities.indexOf(activity);
    subjects.push({ name, records: records.sort((a, b) => order(a) - order(b)) });
  }
  return dataSetOf(kalouskovaPublication, subjects);
}

/**
 * What the id of a record tells about it: `kalouskova/01/01_03_beh` is person 01 running with textile electrodes.
 *
 * @returns undefined for an id that is none of this data set's.
 */
export function kalouskovaLabels(id: string): Pick<KalouskovaRecord, 'subject' | 'electrode' | 'activity'> | undefined {
  const [dataSet, folder, record, ...rest] = id.split('/');
  const [, subject, electrode, activity] = namePattern.exec(record ?? '') ?? [];
  if (dataSet !== kalouskovaPublication.name || rest.length > 0) return undefined;
  if (subject === undefined || subject !== folder) return undefined;
  return { subject, electrode: electrode as KalouskovaElectrode, activity: slovak[activity!]! };
}

async function personsOf(folder: string): Promise<string[]> {
  return namesIn(folder, /^\d\d$/);
}

/** Paths of the recordings of a person. */
async function recordsOf(folder: string, person: string): Promise<string[]> {
  const names = await namesIn(join(folder, person), /\.csv$/);
  return names
    .filter((name) => namePattern.exec(basename(name, '.csv'))?.[1] === person)
    .map((name) => join(folder, person, name));
}

async function describe(path: string): Promise<KalouskovaRecord> {
  const name = basename(path, '.csv');
  const id = `${kalouskovaPublication.name}/${name.slice(0, 2)}/${name}`;
  return { id, ...kalouskovaLabels(id)!, session: await dateOf(path), path };
}

/** The date that the first line begins with. */
async function dateOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(10), 0, 10, 0);
    const date = buffer.toString('latin1', 0, bytesRead);
    if (/^\d{4}-\d\d-\d\d$/.test(date)) return date;
  } finally {
    await file.close();
  }
  throw new DataSetError(
    `${path} does not begin with a date of the form YYYY-MM-DD`,
    `The file is no recording as published: fetch it again from ${kalouskovaPublication.page}.`,
  );
}
