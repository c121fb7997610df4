/** Readers that work on bytes and text alone, for browsers and everything else without a file system. */
export { annotationSymbols } from './annotation-symbols.js';
export { type CsvOptions, parseCsv } from './csv-record.js';
export { detectFormat, formatProbeBytes } from './detect-format.js';
export { type EdfHeader, type EdfSignal, parseEdfHeader } from './edf-header.js';
export { parseEdf } from './edf-record.js';
export { heartprintAssumedGain, parseHeartprint } from './heartprint.js';
export { kalouskovaAssumedGain, parseKalouskova, parseKalouskovaLabels } from './kalouskova.js';
export type { Annotation, ArtefactLevel, Channel, EcgRecord, Gap, RecordFormat } from './record.js';
export { RecordError } from './record-error.js';
export { type Timing, timingOf } from './timing.js';
export { type AnnotationOptions, parseWfdbAnnotations } from './wfdb-annotations.js';
export { parseWfdbHeader, type WfdbHeader, type WfdbSignal } from './wfdb-header.js';
export { parseWfdbRecord, type WfdbOptions, wfdbAssumedGain } from './wfdb-record.js';
export { type WfdbChecksum, wfdbChecksums } from './wfdb-signals.js';
export { type EncodedWfdbRecord, encodeWfdbAnnotations, encodeWfdbRecord, wfdbDefaultGain } from './wfdb-writer.js';
