/** Finds the recordings under a folder. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorCode } from './file-error.js';
import { RecordError } from './record-error.js';

const inNaturalOrder = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Paths of the recordings in a folder and below, in natural order (`rec_2` before `rec_10`), each as `openRecord` takes
 * it: WFDB records without extension, others as the file. Told by name alone, so a CSV file may turn out to be something
 * else. Folders that begin with a dot, links to folders and the label files of the Kalouskova data set are left out.
 * @throws RecordError when the folder cannot be read
 */
export async function listRecords(folder: string): Promise<string[]> {
  const records: string[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of await entriesOf(next)) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (path.endsWith('.hea')) records.push(path.slice(0, -'.hea'.length));
      else if (isRecording(entry.name)) records.push(path);
    }
  }
  return records.sort(inNaturalOrder);
}

function isRecording(name: string): boolean {
  if (/^\d\d_\d\d_[a-z]+_\d+\.csv$/.test(name)) return false; // Kalouskova's labels
  return /\.(?:edf|csv|tsv)$|_ECG\.txt$/i.test(name);
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const problem = `cannot be read (${fileErrorCode(error)})`;
    throw new RecordError(folder, 'folder', problem, 'Give the path of a folder with recordings.');
  }
}
