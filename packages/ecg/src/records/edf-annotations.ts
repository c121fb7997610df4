/** Time-stamped annotation lists (TALs) of EDF+: `+onset[␕duration]␔text␔text␔␀`. */
import { type FieldPlace, quoted, wrong } from './number-field.js';

export interface EdfAnnotationList {
  /** Seconds from the start of the recording. */
  readonly onset: number;
  /** Seconds. */
  readonly duration?: number;
  /** Empty texts are kept: the one that stands first in a data record marks the record's own start. */
  readonly texts: readonly string[];
}

/** Ends the stamp and every text. */
const textEnd = '\u0014';
/** Stands between onset and duration. */
const durationMark = '\u0015';

/**
 * The lists in one data record of an `EDF Annotations` signal.
 * @throws RecordError for a list that is not of the form above
 */
export function parseEdfAnnotationLists(bytes: Uint8Array, place: FieldPlace): EdfAnnotationList[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\0')
    .filter((list) => list !== '')
    .map((list) => {
      const [stamp = '', ...texts] = list.split(textEnd);
      const [onset = '', duration, ...rest] = stamp.split(durationMark);
      const isSound =
        texts.pop() === '' &&
        rest.length === 0 &&
        /^[+-]\d{1,12}(?:\.\d*)?$/.test(onset) &&
        /^(?:\d{1,12}(?:\.\d*)?)?$/.test(duration ?? '');
      if (!isSound) throw wrong(place, `${quoted(list)} is not a time-stamped annotation list`);
      return { onset: Number(onset), ...(duration && { duration: Number(duration) }), texts };
    });
}
