/** Recordings: the readers, and the file system around them. */
export { listRecords } from './list-records.js';
export { type OpenOptions, openRecord, readAnnotations } from './open-record.js';
export * from './parsers.js';
export { type WriteOptions, writeWfdbRecord } from './write-record.js';
