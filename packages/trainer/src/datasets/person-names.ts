/** Whom a record shows, in words that are clear beyond its data set. */
import type { DataSetRecord } from './data-set.js';

/** Name of the data set that a record is of: the first part of its id. */
export function dataSetNameOf({ id }: Pick<DataSetRecord, 'id'>): string {
  return id.slice(0, id.indexOf('/'));
}

/** `ecg-id/Person_01`: persons of different data sets are different. */
export function personKeyOf(record: Pick<DataSetRecord, 'id' | 'subject'>): string {
  return `${dataSetNameOf(record)}/${record.subject}`;
}

/**
 * The number that a model has for a record's person, −1 for none. Models of several data sets have the name of the data set before
 * that of the person.
 */
export function personNumber(persons: readonly string[], record: Pick<DataSetRecord, 'id' | 'subject'>): number {
  const key = personKeyOf(record);
  return persons.findIndex((name) => name === record.subject || name === key);
}
