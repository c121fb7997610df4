/**
 * Persons on whom no weights that come with edgebeat are ever trained, so that their figures are those of strangers. The list is
 * fixed: of ECG-ID all 20 persons who were recorded on several dates and ten others; of Heartprint every fourth person; of PTB a
 * third of the 35 patients that the figures use, the four with several dates among them.
 */
import type { DataSetRecord } from './data-set.js';
import { dataSetNameOf } from './person-names.js';

export const heldOutSubjects: Readonly<Record<string, readonly string[]>> = {
  'ecg-id': [
    ...[
      'Person_01',
      'Person_02',
      'Person_08',
      'Person_09',
      'Person_15',
      'Person_21',
      'Person_24',
      'Person_25',
      'Person_26',
    ],
    ...[
      'Person_27',
      'Person_28',
      'Person_30',
      'Person_32',
      'Person_34',
      'Person_35',
      'Person_36',
      'Person_37',
      'Person_40',
    ],
    ...[
      'Person_42',
      'Person_45',
      'Person_46',
      'Person_51',
      'Person_52',
      'Person_53',
      'Person_55',
      'Person_61',
      'Person_67',
    ],
    ...['Person_71', 'Person_75', 'Person_81'],
  ],
  heartprint: [
    ...[
      '004',
      '008',
      '012',
      '016',
      '020',
      '024',
      '028',
      '032',
      '036',
      '040',
      '044',
      '048',
      '052',
      '056',
      '060',
      '064',
      '068',
    ],
    ...[
      '072',
      '076',
      '080',
      '084',
      '088',
      '092',
      '096',
      '100',
      '104',
      '108',
      '112',
      '116',
      '120',
      '124',
      '128',
      '132',
      '136',
    ],
    ...['140', '144', '148', '152', '156', '160', '164', '168', '177', '186', '192', '197', '201', '206', '212'],
  ],
  ptbdb: [
    ...['patient001', 'patient049', 'patient082', 'patient105', 'patient121', 'patient165', 'patient172', 'patient174'],
    ...['patient191', 'patient235', 'patient240', 'patient260'],
  ],
};

/** Whether a record shows one of them. The data set is the first part of the record's id. */
export function isHeldOut(record: Pick<DataSetRecord, 'id' | 'subject'>): boolean {
  return heldOutSubjects[dataSetNameOf(record)]?.includes(record.subject) ?? false;
}
