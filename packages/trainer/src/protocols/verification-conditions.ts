/**
 * Who enrols and who probes in `verification/unseen`: same sitting, or another one. In all of them templates and probes are of
 * different recordings, but for one of PTB, whose patients mostly have a single one: there its halves stand on either side.
 */
import type { DataSet, DataSetRecord, DataSetSubject } from '../datasets/data-set.js';
import { wholeRecord } from '../datasets/record-part.js';
import type { WindowPart } from './window-part.js';

/** Conditions that are judged together, by the suffix of their figures. */
export type Pool = 'Within' | 'Across';

export interface VerificationCondition {
  /** `Heartprint, session 2`, … */
  readonly condition: string;
  /** Suffix of its figures in the report: `HeartprintS2` makes `eerHeartprintS2`. */
  readonly suffix: string;
  /** Missing where the condition is judged alone. */
  readonly pool?: Pool;
  /** Of everybody who enrols, at least one part each. */
  readonly gallery: readonly WindowPart[];
  /** Each gives probes of its own. */
  readonly probes: readonly WindowPart[];
}

/** What a person's records are for. */
type Roles = (records: readonly DataSetRecord[]) => {
  readonly gallery: readonly WindowPart[];
  readonly probes: readonly WindowPart[];
};

/** Session 1 against itself (its first recording enrols), and against each later one (all of session 1 enrols). */
export function heartprintConditions({ subjects }: DataSet): VerificationCondition[] {
  const across = (session: string): VerificationCondition => ({
    condition: `Heartprint, session 1 to ${session}`,
    suffix: `HeartprintS${session}`,
    pool: 'Across',
    ...rolesOf(subjects, (records) => ({
      gallery: whole(records.filter((record) => record.session === '1')),
      probes: whole(records.filter((record) => record.session === session)),
    })),
  });
  return [
    {
      condition: 'Heartprint, same session',
      suffix: 'HeartprintSameSession',
      pool: 'Within',
      ...rolesOf(subjects, (records) => firstAgainstOthers(records.filter(({ session }) => session === '1'))),
    },
    across('2'),
    across('3R'),
    across('3L'),
  ];
}

/** The first date against itself (its first recording enrols), and against all later ones (all of the first date enrols). */
export function ecgIdConditions({ subjects }: DataSet): VerificationCondition[] {
  const ofFirstDate = (records: readonly DataSetRecord[]) =>
    records.filter(({ session }) => session === records[0]!.session);
  return [
    {
      condition: 'ECG-ID, same day',
      suffix: 'EcgIdSameDay',
      pool: 'Within',
      ...rolesOf(subjects, (records) => firstAgainstOthers(ofFirstDate(records))),
    },
    {
      condition: 'ECG-ID, other date',
      suffix: 'EcgIdOtherDate',
      pool: 'Across',
      ...rolesOf(subjects, (records) => ({
        gallery: whole(ofFirstDate(records)),
        probes: whole(records.filter(({ session }) => session !== records[0]!.session)),
      })),
    },
  ];
}

/**
 * The first recording against itself, half against half, and against the others, most of them of other dates. They stand in no
 * pool: recordings of two minutes would give a handful of patients as many comparisons as all others have.
 */
export function ptbConditions({ subjects }: DataSet): VerificationCondition[] {
  return [
    {
      condition: 'PTB, same record',
      suffix: 'PtbSameRecord',
      ...rolesOf(subjects, ([first]) => ({
        gallery: [{ record: first!, part: { from: 0, to: 0.5 } }],
        probes: [{ record: first!, part: { from: 0.5, to: 1 } }],
      })),
    },
    { condition: 'PTB, other record', suffix: 'PtbOtherRecord', ...rolesOf(subjects, firstAgainstOthers) },
  ];
}

function rolesOf(subjects: readonly DataSetSubject[], roles: Roles): ReturnType<Roles> {
  const all = subjects.map(({ records }) => roles(records));
  return { gallery: all.flatMap(({ gallery }) => gallery), probes: all.flatMap(({ probes }) => probes) };
}

function firstAgainstOthers(records: readonly DataSetRecord[]): ReturnType<Roles> {
  return { gallery: whole(records.slice(0, 1)), probes: whole(records.slice(1)) };
}

function whole(records: readonly DataSetRecord[]): WindowPart[] {
  return records.map((record) => ({ record, part: wholeRecord }));
}
