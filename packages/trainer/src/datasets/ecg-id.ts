/**
 * The ECG-ID database (Lugovaya, 2005; PhysioNet, ecgiddb 1.0.0): 310 records of 20 s of 90 persons, lead I at 500 Hz,
 * channel 0 raw and channel 1 filtered. `Person_NN/rec_K`, K counting in the order of recording; the date stands in the
 * header.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseWfdbHeader } from '@edgebeat/ecg';
import { type DataSet, type DataSetRecord, dataSetOf, findDataSet, namesIn, type Publication } from './data-set.js';
import { DataSetError } from './data-set-error.js';

export const ecgIdPublication: Publication = {
  name: 'ecg-id',
  title: 'the ECG-ID Database 1.0.0',
  page: 'https://physionet.org/content/ecgiddb/1.0.0/',
  folders: ['ecg-id-database-1.0.0', 'ecgiddb'],
  layout: 'Person_01/rec_1.hea',
  subjects: 90,
  records: 310,
};

/**
 * Lists the persons and records of ECG-ID; reads the headers, not the signals. `session` is the date of recording.
 *
 * @param dataDir the folder of the data set, or the one above it.
 * @throws DataSetError when it is not there, or a header states no date.
 */
export async function ecgId(dataDir: string): Promise<DataSet> {
  const folder = await findDataSet(ecgIdPublication, dataDir, async (candidate) => {
    const [first] = await personsOf(candidate);
    return first !== undefined && (await recordsOf(join(candidate, first))).length > 0;
  });
  const subjects = [];
  for (const subject of await personsOf(folder)) {
    const names = await recordsOf(join(folder, subject));
    const records = await Promise.all(names.map((name) => describe(join(folder, subject, name))));
    subjects.push({ name: subject, records });
  }
  return dataSetOf(ecgIdPublication, subjects);
}

async function personsOf(folder: string): Promise<string[]> {
  return namesIn(folder, /^Person_\d+$/);
}

async function recordsOf(folder: string): Promise<string[]> {
  return (await namesIn(folder, /^rec_\d+\.hea$/)).map((name) => basename(name, '.hea'));
}

async function describe(path: string): Promise<DataSetRecord> {
  const [record, subject] = path.split(/[/\\]/).reverse();
  const header = `${path}.hea`;
  const { comments } = parseWfdbHeader(await readFile(header, 'utf8'), header);
  return { id: `ecg-id/${subject}/${record}`, subject: subject!, session: dateOf(comments, header), path };
}

/** `ECG date: 07.12.2004` as `2004-12-07`. */
function dateOf(comments: readonly string[], header: string): string {
  for (const comment of comments) {
    const [, day, month, year] = /^ECG date:\s*(\d\d)\.(\d\d)\.(\d{4})$/.exec(comment) ?? [];
    if (year !== undefined) return `${year}-${month}-${day}`;
  }
  throw new DataSetError(
    `${header} has no comment of the form "ECG date: DD.MM.YYYY"`,
    `Without it, same day and other day cannot be told apart: fetch the header again from ${ecgIdPublication.page}.`,
  );
}
