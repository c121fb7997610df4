/** What `--validation` keeps from training an identity network, and how it is judged on that. */
import type { DataSetRecord } from '../../datasets/data-set.js';
import { dataSetNameOf, personKeyOf, personNumber } from '../../datasets/person-names.js';
import { wholeRecord } from '../../datasets/record-part.js';
import type { TrainingPlan } from '../../loop/training.js';
import { type WindowPart, windowsOf } from '../../protocols/window-part.js';
import { RecipeError } from '../../recipe-error.js';
import { type KnownWindows, knownPersonRates, type StrangerRecord, strangerRates } from './identity-validation.js';

export interface HeldBack {
  /** What is left to train on. */
  readonly training: readonly WindowPart[];
  /** @param persons classes of the network. */
  readonly judge: (persons: readonly string[], normalize: 'z-score' | 'min-max', threads: number) => Promise<Judge>;
}

type Judge = Required<Pick<TrainingPlan, 'validate' | 'score'>>;

/** Of every part of a record, the share that comes last. */
const SHARE = 2 / 7;

/** Holds the last two sevenths of every part back: how well are persons known some seconds later? */
export function holdBackTime(parts: readonly WindowPart[]): HeldBack {
  const cut = ({ from, to }: WindowPart['part']) => to - SHARE * (to - from);
  return {
    // Windows are numbered from the part's begin, so those that it includes keep their numbers.
    training: parts.map((whole) => ({ ...whole, part: { from: whole.part.from, to: cut(whole.part) } })),
    async judge(persons, normalize, threads) {
      const known: KnownWindows[] = [];
      for (const { record, part, includes } of parts) {
        const person = personNumber(persons, record);
        const last = { record, part: { from: cut(part), to: part.to } };
        const tail = await windowsOf(last, { normalize });
        // They are the last of the part's windows.
        const first = includes ? (await windowsOf({ record, part }, { normalize })).length - tail.length : 0;
        known.push({ person, windows: includes ? tail.filter((_, index) => includes(first + index)) : tail });
      }
      return {
        validate: (model) => knownPersonRates(model, known, threads),
        score: ({ accuracy }) => accuracy!,
      };
    },
  };
}

/** Of the persons with several records, one in so many. */
const ONE_IN = 4;

/**
 * Holds persons back, every fourth of those with several records: how well are strangers known again, in the session of their
 * first record and in each other one?
 *
 * @throws RecipeError where there are not two of them to tell apart.
 */
export function holdBackPersons(parts: readonly WindowPart[]): HeldBack {
  const records = new Map<string, DataSetRecord[]>();
  for (const { record } of parts) {
    const key = personKeyOf(record);
    records.set(key, [...(records.get(key) ?? []), record]);
  }
  const several = [...records].filter(([, { length }]) => length > 1);
  const chosen = new Map(several.filter((_, index) => index % ONE_IN === 1));
  if (chosen.size < 2) {
    throw new RecipeError(
      `${several.length} persons with several records are too few to hold every fourth of them back`,
      'Validate on six of them at least, or train without.',
    );
  }
  return {
    training: parts.filter(({ record }) => !chosen.has(personKeyOf(record))),
    async judge(_, normalize, threads) {
      const strangers: StrangerRecord[] = [];
      for (const [subject, own] of chosen) {
        const [first] = own;
        const enrolled = own.filter(({ session }) => session === first!.session);
        const add = async (record: DataSetRecord, condition: string, role: StrangerRecord['role']) =>
          strangers.push({
            subject,
            condition: `${dataSetNameOf(record)} ${condition}`,
            role,
            windows: await windowsOf({ record, part: wholeRecord }, { normalize }),
          });
        for (const record of enrolled) await add(record, 'same session', record === first ? 'template' : 'probe');
        const others = own.filter(({ session }) => session !== first!.session);
        // Dates are as many as there are days, numbered sessions are few.
        const conditionOf = ({ session }: DataSetRecord) => (session.length > 2 ? 'other day' : `session ${session}`);
        for (const condition of new Set(others.map(conditionOf))) {
          for (const record of enrolled) await add(record, condition, 'template');
          for (const record of others) if (conditionOf(record) === condition) await add(record, condition, 'probe');
        }
      }
      return {
        validate: (model) => strangerRates(model, strangers, threads),
        score: ({ mean }) => mean!,
      };
    },
  };
}
