/**
 * Heartprint (Islam et al., Data 2022, 7, 141): 1,539 records of 15 s of 199 persons, lead I from the fingers at 250 Hz, in
 * `Session-S/PERSON/…_ECG.txt`. Everybody took part in sessions 1 and 2, some also in 3L and 3R. By the dates in the file names,
 * session 2 follows session 1 after 27 days (median; 0 … 383), the third sessions after a year or more (36 days … ten years).
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type DataSet,
  type DataSetRecord,
  dataSetOf,
  findDataSet,
  inNaturalOrder,
  namesIn,
  type Publication,
} from './data-set.js';

export const heartprintPublication: Publication = {
  name: 'heartprint',
  title: 'Heartprint',
  page: 'https://doi.org/10.6084/m9.figshare.20105354',
  folders: ['Heartprint'],
  layout: 'Session-1/001/…_ECG.txt',
  subjects: 199,
  records: 1539,
};

export const heartprintSessions = ['1', '2', '3L', '3R'] as const;

/**
 * Lists the persons and records of Heartprint by the names of its folders and files. `session` is `1`, `2`, `3L` or `3R`.
 *
 * 139 of the published files are byte for byte another file of the same person (135 stand in 3L and in 3R, 4 in 1 and in
 * 2). A recording compared with itself is no comparison across sessions, so only the first of each, in the order of the
 * sessions, is listed: 1,400 records.
 *
 * @param dataDir the folder of the data set, or the one above it.
 * @throws DataSetError when it is not there.
 */
export async function heartprint(dataDir: string): Promise<DataSet> {
  const folder = await findDataSet(
    heartprintPublication,
    dataDir,
    async (candidate) => (await namesIn(candidate, /^Session-1$/)).length > 0,
  );
  const bySubject = new Map<string, DataSetRecord[]>();
  const present = await namesIn(folder, /^Session-/);
  for (const session of heartprintSessions) {
    const sessionFolder = `Session-${session}`;
    if (!present.includes(sessionFolder)) continue;
    for (const subject of await namesIn(join(folder, sessionFolder), /^\d+$/)) {
      const records = bySubject.get(subject) ?? [];
      bySubject.set(subject, records);
      for (const file of await namesIn(join(folder, sessionFolder, subject), /_ECG\.txt$/)) {
        const id = `heartprint/${sessionFolder}/${subject}/${basename(file, '.txt')}`;
        records.push({ id, subject, session, path: join(folder, sessionFolder, subject, file) });
      }
    }
  }
  const names = [...bySubject.keys()].sort(inNaturalOrder);
  const published = dataSetOf(
    heartprintPublication,
    names.map((name) => ({ name, records: bySubject.get(name)! })),
  );
  const subjects = [];
  for (const { name, records } of published.subjects) subjects.push({ name, records: await withoutCopies(records) });
  return { ...published, subjects };
}

/** The records of one person without those whose file another one before them repeats. */
async function withoutCopies(records: readonly DataSetRecord[]): Promise<DataSetRecord[]> {
  const digests = await Promise.all(
    records.map(async ({ path }) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ),
  );
  return records.filter((_, i) => digests.indexOf(digests[i]!) === i);
}
