/**
 * The PTB Diagnostic ECG Database (Bousseljot, Kreiseler and Schnabel, 1995; PhysioNet, ptbdb 1.0.0): 549 records of 290 patients
 * at 1,000 Hz, `patientNNN/sNNNN…`. Lead i comes first. Only patients and records that are there are listed: figures say how many.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseWfdbHeader } from '@edgebeat/ecg';
import { type DataSet, type DataSetRecord, dataSetOf, findDataSet, namesIn, type Publication } from './data-set.js';

export const ptbPublication: Publication = {
  name: 'ptbdb',
  title: 'the PTB Diagnostic ECG Database 1.0.0',
  page: 'https://physionet.org/content/ptbdb/1.0.0/',
  folders: ['ptb', 'ptb-diagnostic-ecg-database-1.0.0'],
  layout: 'patient001/s0010_re.hea',
  subjects: 290,
  records: 549,
};

/** What stands for the session where the header has no date. */
const UNDATED = 'undated';

/**
 * Lists the patients and records of PTB; reads the headers, not the signals. `session` is the date of recording, or `undated`.
 *
 * @param dataDir the folder of the data set, or the one above it.
 * @throws DataSetError when it is not there.
 */
export async function ptb(dataDir: string): Promise<DataSet> {
  const folder = await findDataSet(ptbPublication, dataDir, async (candidate) => {
    const [first] = await patientsOf(candidate);
    return first !== undefined && (await recordsOf(join(candidate, first))).length > 0;
  });
  const subjects = [];
  for (const subject of await patientsOf(folder)) {
    const names = await recordsOf(join(folder, subject));
    const records = await Promise.all(names.map((name) => describe(join(folder, subject, name))));
    subjects.push({ name: subject, records });
  }
  return dataSetOf(ptbPublication, subjects);
}

async function patientsOf(folder: string): Promise<string[]> {
  return namesIn(folder, /^patient\d+$/);
}

async function recordsOf(folder: string): Promise<string[]> {
  return (await namesIn(folder, /^s\d+\w*\.hea$/)).map((name) => basename(name, '.hea'));
}

async function describe(path: string): Promise<DataSetRecord> {
  const [record, subject] = path.split(/[/\\]/).reverse();
  const header = `${path}.hea`;
  const { comments } = parseWfdbHeader(await readFile(header, 'utf8'), header);
  const id = `${ptbPublication.name}/${subject}/${record}`;
  return { id, subject: subject!, session: dateOf(comments), path };
}

/** `ECG date: 01/10/1990` as `1990-10-01`. */
function dateOf(comments: readonly string[]): string {
  for (const comment of comments) {
    const [, day, month, year] = /^ECG date:\s*(\d\d)\/(\d\d)\/(\d{4})$/.exec(comment.trim()) ?? [];
    if (year !== undefined) return `${year}-${month}-${day}`;
  }
  return UNDATED;
}
