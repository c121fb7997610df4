/** Data sets that edgebeat reads: whether they are here, and where their publishers have them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.js';

interface DataSet {
  /** Name of its folder. */
  name: string;
  purpose: string;
  source: string;
}

export const dataSets: readonly DataSet[] = [
  {
    name: 'ecg-id',
    purpose: 'identity: 90 persons, several records each; wearers of the demo',
    source: 'https://physionet.org/content/ecgiddb/1.0.0/',
  },
  {
    name: 'heartprint',
    purpose: 'identity across sessions that lie years apart',
    source: 'https://doi.org/10.3390/data7100141 (its data availability statement)',
  },
  {
    name: 'kalouskova',
    purpose: 'activity on a wearable',
    source: 'https://github.com/kalouskova/DP',
  },
  {
    name: 'mitdb',
    purpose: 'R peaks against reference beats',
    source: 'https://physionet.org/content/mitdb/1.0.0/',
  },
  {
    name: 'nstdb',
    purpose: 'R peaks in noise; noise to train and to test in',
    source: 'https://physionet.org/content/nstdb/1.0.0/',
  },
  {
    name: 'ptbdb',
    purpose: 'identity of patients: 35 of 290, seven with several records',
    source: 'https://physionet.org/content/ptbdb/1.0.0/',
  },
];

/** @param root folder with one sub-folder per data set, EDGEBEAT_DATA unless told otherwise */
export function checkRecordings(root: string | undefined = process.env.EDGEBEAT_DATA): Check[] {
  return dataSets.map(({ name, purpose, source }) => {
    const check = { name, group: 'recordings', required: false, purpose } as const;
    const entries = root ? entriesOf(join(root, name)) : 0;
    if (root && entries > 0) return { ...check, status: 'ok', detail: `${join(root, name)}, ${entries} entries` };
    const place = root ? join(root, name) : `$EDGEBEAT_DATA/${name}`;
    return { ...check, status: 'missing', detail: '', remedy: `${source}, unpacked as ${place}` };
  });
}

function entriesOf(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}
