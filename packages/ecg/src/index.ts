/** The whole package in Node.js; browsers get `browser.js`, which leaves the file system out (see `exports` in package.json). */
export * from './browser.js';
export { listRecords } from './records/list-records.js';
export { type OpenOptions, openRecord, readAnnotations } from './records/open-record.js';
export { type WriteOptions, writeWfdbRecord } from './records/write-record.js';
