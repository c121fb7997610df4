/** What every data set looks like to a protocol: subjects, their records, and when each was taken. Signals are read later. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSetError } from './data-set-error.js';

/** One record of one person, not yet read. */
export interface DataSetRecord {
  /** `data set/record` in the publisher's layout, as model metadata lists training records: `ecg-id/Person_01/rec_1`. */
  readonly id: string;
  /** Person, in the publisher's words: `Person_01`. */
  readonly subject: string;
  /** Which sitting it belongs to: a date (`2004-12-07`) or the publisher's session (`3L`). */
  readonly session: string;
  /** What `openRecord` takes. */
  readonly path: string;
}

/** A data set on this disk; `R` where its records tell more than every record does. */
export interface DataSet<R extends DataSetRecord = DataSetRecord> {
  readonly name: string;
  /** All persons, in the publisher's order, each with at least one record. */
  readonly subjects: readonly DataSetSubject<R>[];
  /** Whether persons and records are as many as the publisher has; figures on a part cannot stand beside published ones. */
  readonly complete: boolean;
}

export interface DataSetSubject<R extends DataSetRecord = DataSetRecord> {
  readonly name: string;
  /** In the order of recording. */
  readonly records: readonly R[];
}

/** A data set as published. */
export interface Publication {
  /** Short name, also that of its folder: `ecg-id`. */
  readonly name: string;
  readonly title: string;
  /** Page to fetch it from. */
  readonly page: string;
  /** Other names that the folder has when it is unpacked as published. */
  readonly folders: readonly string[];
  /** What the folder must hold, for messages: `Person_01/rec_1.hea`. */
  readonly layout: string;
  readonly subjects: number;
  readonly records: number;
  /** How to cite it, with its licence, where whatever is made from it has to say so. */
  readonly citation?: string;
}

/**
 * The folder of a data set: a sub-folder of `dataDir` by one of its names, or `dataDir` itself.
 *
 * @param holds whether a folder looks like the data set.
 * @throws DataSetError when none does; it tells where to get the data set from.
 */
export async function findDataSet(
  publication: Publication,
  dataDir: string,
  holds: (folder: string) => Promise<boolean>,
): Promise<string> {
  const { name, title, page, folders, layout } = publication;
  if (!(await isFolder(dataDir))) {
    throw new DataSetError(`${dataDir} is not a folder`, `Give the folder that holds ${name}/ (${title}, ${page}).`);
  }
  for (const candidate of [...[name, ...folders].map((folder) => join(dataDir, folder)), dataDir]) {
    if ((await isFolder(candidate)) && (await holds(candidate))) return candidate;
  }
  throw new DataSetError(
    `${dataDir} does not hold the data set ${name}: there is no ${join(name, layout)}`,
    `Get ${title} from ${page} and unpack it to ${join(dataDir, name)}.`,
  );
}

/** The finished data set. Persons without records are left out. */
export function dataSetOf<R extends DataSetRecord>(
  publication: Publication,
  subjects: readonly DataSetSubject<R>[],
): DataSet<R> {
  const recorded = subjects.filter(({ records }) => records.length > 0);
  const records = recorded.reduce((sum, subject) => sum + subject.records.length, 0);
  return {
    name: publication.name,
    subjects: recorded,
    complete: recorded.length === publication.subjects && records === publication.records,
  };
}

/** Names of the entries of a folder that match, in natural order. @throws DataSetError when it cannot be read. */
export async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name)).sort(inNaturalOrder);
  } catch (error) {
    throw new DataSetError(
      `${folder} cannot be listed: ${(error as Error).message}`,
      'It should be a readable folder.',
    );
  }
}

/** `rec_2` before `rec_10`. */
export const inNaturalOrder: (a: string, b: string) => number = new Intl.Collator('en', { numeric: true }).compare;

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
