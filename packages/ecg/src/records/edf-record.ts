/** EDF and EDF+ recordings: samples in physical units, gaps of discontinuous files, annotations. */
import { type EdfAnnotationList, parseEdfAnnotationLists } from './edf-annotations.js';
import { type EdfHeader, type EdfSignal, parseEdfHeader } from './edf-header.js';
import { millivoltsPerUnit } from './millivolts.js';
import type { Annotation, Channel, EcgRecord, Gap } from './record.js';
import { RecordError } from './record-error.js';
import { recordNameOf } from './record-path.js';

/** Standard EDF label prefixes of signals that are voltages but no ECG: they keep their units. */
const otherVoltages = /^(EEG|EMG|EOG|ERG|ENG|EP|MCG|MEG)\b/i;
/** Mnemonic of a WFDB comment, which is what an EDF+ annotation is. */
const noteSymbol = '"';

/**
 * Reads a whole file. Voltages come in millivolts unless their label names another signal than an ECG. The annotations
 * of an EDF+ file become notes (`"`) whose text stands in `aux`, onset and duration as stated. In a discontinuous file
 * (EDF+D) gaps come from the start times of the data records.
 * @throws RecordError when the header is malformed, the file is cut short or holds no samples
 */
export function parseEdf(bytes: Uint8Array, file = 'EDF file'): EcgRecord {
  const header = parseEdfHeader(bytes, file);
  const layout = layoutOf(header);
  const ordinary = header.signals.flatMap((signal, index) => (signal.isAnnotations ? [] : [index]));
  if (ordinary.length === 0 || header.dataRecords === 0) {
    throw new RecordError(file, 'signals', 'the file holds no samples', 'Open a file that holds a recording.');
  }
  if (header.dataRecordDuration === 0) {
    throw new RecordError(file, 'duration of a data record', 'is 0', 'Export the recording again.');
  }
  const channels = ordinary.map((index) => readChannel(bytes, header, layout, index));
  const lists = readAnnotationLists(bytes, header, layout, file);
  const onsets = recordOnsets(header, lists, file);
  const first = channels[0]!;
  const samplesPerRecord = first.samples.length / header.dataRecords;
  // EDF+ keeps the fraction of a second of the start in the first time-keeping list.
  const start = header.start && new Date(header.start.getTime() + Math.round(onsets[0]! * 1000));
  return {
    name: recordNameOf(file),
    format: 'edf',
    channels,
    gaps: findGaps(onsets, header.dataRecordDuration, samplesPerRecord, file),
    ...(start && { start }),
    comments: [header.patient, header.recording].filter((text) => text !== ''),
    labels: labelsOf(header),
    annotations: toAnnotations(lists, onsets, header.dataRecordDuration, samplesPerRecord),
  };
}

interface Layout {
  readonly dataRecordBytes: number;
  /** Where each signal starts in a data record. */
  readonly offsets: readonly number[];
}

function layoutOf(header: EdfHeader): Layout {
  let dataRecordBytes = 0;
  const offsets = header.signals.map((signal) => {
    const offset = dataRecordBytes;
    dataRecordBytes += 2 * signal.samplesPerDataRecord;
    return offset;
  });
  return { dataRecordBytes, offsets };
}

function readChannel(bytes: Uint8Array, header: EdfHeader, layout: Layout, index: number): Channel {
  const signal = header.signals[index]!;
  const perUnit = otherVoltages.test(signal.label) ? undefined : millivoltsPerUnit(signal.units);
  const { scale, digitalZero } = scaling(signal, perUnit ?? 1);
  const perRecord = signal.samplesPerDataRecord;
  const samples = new Float32Array(header.dataRecords * perRecord);
  for (let record = 0, to = 0; record < header.dataRecords; record++) {
    let at = header.headerBytes + record * layout.dataRecordBytes + layout.offsets[index]!;
    for (let k = 0; k < perRecord; k++, at += 2) {
      const digital = ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16;
      samples[to++] = (digital - digitalZero) * scale;
    }
  }
  return {
    name: signal.label || `signal ${index}`,
    units: perUnit === undefined ? signal.units : 'mV',
    rate: perRecord / header.dataRecordDuration,
    samples,
  };
}

/** physical = (digital − digitalZero) · scale */
function scaling(signal: EdfSignal, perUnit: number): { scale: number; digitalZero: number } {
  const { physicalMinimum, physicalMaximum, digitalMinimum, digitalMaximum } = signal;
  const unitsPerStep = (physicalMaximum - physicalMinimum) / (digitalMaximum - digitalMinimum);
  return { scale: unitsPerStep * perUnit, digitalZero: digitalMinimum - physicalMinimum / unitsPerStep };
}

/** The annotation lists by data record; those of the first annotation signal come first. */
function readAnnotationLists(
  bytes: Uint8Array,
  header: EdfHeader,
  layout: Layout,
  file: string,
): EdfAnnotationList[][] {
  const signals = header.signals.flatMap((signal, index) => (signal.isAnnotations ? [index] : []));
  const hint = 'The annotation signal is damaged: export the file again, or without annotations.';
  return Array.from({ length: header.dataRecords }, (_, record) =>
    signals.flatMap((index) => {
      const at = header.headerBytes + record * layout.dataRecordBytes + layout.offsets[index]!;
      const part = bytes.subarray(at, at + 2 * header.signals[index]!.samplesPerDataRecord);
      return parseEdfAnnotationLists(part, { file, field: `annotations of data record ${record}`, hint });
    }),
  );
}

/** Start of each data record in seconds: stated by time-keeping lists in EDF+D, otherwise one after the other. */
function recordOnsets(header: EdfHeader, lists: readonly EdfAnnotationList[][], file: string): number[] {
  const timeKeeping = (record: number) => {
    const list = lists[record]?.[0];
    return list?.texts[0] === '' ? list.onset : undefined;
  };
  const origin = timeKeeping(0) ?? 0;
  return Array.from({ length: header.dataRecords }, (_, record) => {
    if (header.kind !== 'EDF+D') return origin + record * header.dataRecordDuration;
    const onset = timeKeeping(record);
    if (onset !== undefined) return onset;
    const hint = 'A discontinuous EDF+ file needs one in every data record: export it again.';
    throw new RecordError(file, `time-keeping of data record ${record}`, 'is missing', hint);
  });
}

function findGaps(onsets: readonly number[], duration: number, samplesPerRecord: number, file: string): Gap[] {
  const interval = duration / samplesPerRecord;
  const gaps: Gap[] = [];
  for (let record = 1; record < onsets.length; record++) {
    const seconds = onsets[record]! - onsets[record - 1]! - duration;
    if (seconds < -interval / 2) {
      const problem = `starts at ${onsets[record]} s, before the one ahead of it ends`;
      throw new RecordError(file, `time-keeping of data record ${record}`, problem, 'Export the file again.');
    }
    if (seconds > interval / 2) gaps.push({ beforeSample: record * samplesPerRecord, seconds });
  }
  return gaps;
}

function toAnnotations(
  lists: readonly EdfAnnotationList[][],
  onsets: readonly number[],
  duration: number,
  samplesPerRecord: number,
): Annotation[] {
  const sampleAt = (seconds: number) => {
    let low = 0;
    let high = onsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (onsets[middle]! <= seconds) low = middle;
      else high = middle - 1;
    }
    // What falls into a gap, or outside the recording, moves to the next sample that exists.
    const within = Math.round(((seconds - onsets[low]!) / duration) * samplesPerRecord);
    const last = low === onsets.length - 1 ? samplesPerRecord - 1 : samplesPerRecord;
    return low * samplesPerRecord + Math.min(Math.max(within, 0), last);
  };
  return lists
    .flat()
    .flatMap(({ onset, duration: length, texts }) =>
      texts
        .filter((text) => text !== '')
        .map((aux) => ({
          sample: sampleAt(onset),
          symbol: noteSymbol,
          subtype: 0,
          channel: 0,
          number: 0,
          aux,
          onset,
          ...(length !== undefined && { duration: length }),
        })),
    )
    .sort((a, b) => a.onset - b.onset);
}

/** EDF+ orders the patient field: code, sex, birth date, name, with `X` for what is not told. */
function labelsOf({ kind, patient }: EdfHeader): Record<string, string> {
  if (kind === 'EDF') return {};
  const [person = 'X', sex = 'X'] = patient.split(/\s+/);
  return { ...(person && person !== 'X' && { person }), ...(sex !== 'X' && { sex }) };
}
