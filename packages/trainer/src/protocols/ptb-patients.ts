/** The 35 patients of PTB whose records the figures use, as far as a copy holds them. */
import type { DataSet } from '../datasets/data-set.js';
import { ptb } from '../datasets/ptb.js';

/** Seven of them have more than one record. */
const patients: readonly number[] = [
  ...[1, 49, 71, 82, 104, 105, 116, 117, 121, 122, 150, 155, 165, 166, 169, 170, 172, 173, 174, 182, 184, 185, 191],
  ...[210, 214, 234, 235, 237, 238, 239, 240, 252, 255, 260, 294],
];
const records = 47;

/**
 * PTB with these patients alone.
 *
 * @returns `complete` where all of them and of their records are there.
 * @throws DataSetError when the data set is not there.
 */
export async function ptbPatients(dataDir: string): Promise<DataSet> {
  const names = new Set(patients.map((number) => `patient${String(number).padStart(3, '0')}`));
  const { name, subjects: all } = await ptb(dataDir);
  const subjects = all.filter((subject) => names.has(subject.name));
  const found = subjects.reduce((sum, subject) => sum + subject.records.length, 0);
  return { name, subjects, complete: subjects.length === patients.length && found === records };
}
