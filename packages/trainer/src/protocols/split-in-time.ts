/** The split of closed sets: the begin of every record trains, its end tests, and no window reaches across. */
import type { DataSet } from '../datasets/data-set.js';
import type { ClosedSetRecord } from './closed-set-protocol.js';

const trainingPart = { from: 0, to: 0.7 } as const;
const testPart = { from: trainingPart.to, to: 1 } as const;

export function splitInTime({ subjects }: DataSet): ClosedSetRecord[] {
  return subjects.flatMap(({ records }) =>
    records.map((record) => ({ training: { record, part: trainingPart }, test: { record, part: testPart } })),
  );
}
