/** The header of an EDF or EDF+ file: Kemp et al. 1992 and Kemp & Olivan 2003 (https://www.edfplus.info/specs). */
import { type FieldPlace, type NumberLimits, parseNumber, quoted, wrong } from './number-field.js';

export interface EdfSignal {
  readonly label: string;
  readonly units: string;
  readonly physicalMinimum: number;
  readonly physicalMaximum: number;
  readonly digitalMinimum: number;
  readonly digitalMaximum: number;
  readonly samplesPerDataRecord: number;
  /** Whether it carries time-stamped annotation lists instead of samples. */
  readonly isAnnotations: boolean;
}

export interface EdfHeader {
  /** Local patient identification: free text in EDF, `code sex birthdate name` in EDF+. */
  readonly patient: string;
  /** Local recording identification. */
  readonly recording: string;
  readonly start?: Date;
  readonly kind: 'EDF' | 'EDF+C' | 'EDF+D';
  readonly headerBytes: number;
  readonly dataRecords: number;
  /** Seconds; 0 in files that hold annotations only. */
  readonly dataRecordDuration: number;
  readonly signals: readonly EdfSignal[];
}

const fixedBytes = 256;
const bytesPerSignal = 256;
const bytesPerSample = 2;
const damagedHint = 'The file is damaged or not EDF: fetch or export it again.';

/**
 * Reads the header and holds it against the length of the file. A number of data records of −1 (a recording that was
 * never closed) is taken from the length.
 * @throws RecordError when a field is malformed or the file is shorter than the header says
 */
export function parseEdfHeader(bytes: Uint8Array, file = 'EDF file'): EdfHeader {
  const place = (field: string): FieldPlace => ({ file, field, hint: damagedHint });
  if (bytes.length < fixedBytes) throw wrong(place('header'), `ends after ${bytes.length} of ${fixedBytes} bytes`);
  const text = (at: number, length: number) =>
    // EDF is ASCII; Latin-1 lets the µ and umlauts through that some devices write.
    String.fromCharCode(...bytes.subarray(at, at + length))
      .replace(/[\s\0]+$/, '')
      .trimStart();
  const number = (at: number, length: number, field: string, limits: NumberLimits) =>
    parseNumber(text(at, length), place(field), limits);

  if (text(0, 8) !== '0') throw wrong(place('version'), `${quoted(text(0, 8))} is not the 0 of EDF`);
  const count = number(252, 4, 'number of signals', { integer: true, min: 1 });
  const headerBytes = fixedBytes + count * bytesPerSignal;
  const statedBytes = number(184, 8, 'number of bytes in header', { integer: true });
  if (statedBytes !== headerBytes) {
    throw wrong(place('number of bytes in header'), `is ${statedBytes}, ${count} signals make ${headerBytes}`);
  }
  if (bytes.length < headerBytes) {
    throw wrong(place('header'), `ends after ${bytes.length} of ${headerBytes} bytes`);
  }
  const kind = /^EDF\+[CD]/.exec(text(192, 44))?.[0] as 'EDF+C' | 'EDF+D' | undefined;

  // The header stores field by field, each for all signals.
  const signalText = (index: number, before: number, length: number) =>
    text(fixedBytes + count * before + index * length, length);
  const signals = Array.from({ length: count }, (_, index): EdfSignal => {
    const label = signalText(index, 0, 16);
    const field = (name: string) => place(`${name} of signal ${index} (${quoted(label)})`);
    const value = (before: number, name: string, limits?: NumberLimits) =>
      parseNumber(signalText(index, before, 8), field(name), limits);
    const int16 = { integer: true, min: -32768, max: 32767 };
    const signal: EdfSignal = {
      label,
      units: signalText(index, 96, 8),
      physicalMinimum: value(104, 'physical minimum'),
      physicalMaximum: value(112, 'physical maximum'),
      digitalMinimum: value(120, 'digital minimum', int16),
      digitalMaximum: value(128, 'digital maximum', int16),
      samplesPerDataRecord: value(216, 'samples per data record', { integer: true, min: 1 }),
      isAnnotations: kind !== undefined && label === 'EDF Annotations',
    };
    if (!signal.isAnnotations && signal.digitalMaximum <= signal.digitalMinimum) {
      throw wrong(field('digital maximum'), 'is not above the digital minimum');
    }
    if (!signal.isAnnotations && signal.physicalMaximum === signal.physicalMinimum) {
      throw wrong(field('physical maximum'), 'equals the physical minimum');
    }
    return signal;
  });

  const dataRecordBytes = signals.reduce((sum, signal) => sum + signal.samplesPerDataRecord, 0) * bytesPerSample;
  const present = Math.floor((bytes.length - headerBytes) / dataRecordBytes);
  const stated = number(236, 8, 'number of data records', { integer: true, min: -1 });
  if (stated > present) {
    const hint = 'The file is cut short: fetch it again.';
    throw wrong({ ...place('number of data records'), hint }, `is ${stated}, the file holds ${present}`);
  }
  const start = parseStart(text(168, 8), text(176, 8));
  return {
    patient: text(8, 80),
    recording: text(88, 80),
    ...(start && { start }),
    kind: kind ?? 'EDF',
    headerBytes,
    dataRecords: stated === -1 ? present : stated,
    dataRecordDuration: number(244, 8, 'duration of a data record', { min: 0 }),
    signals,
  };
}

/** `dd.mm.yy` and `hh.mm.ss`; years 85–99 are 1985–1999. Files without a usable date have no start, which is no error. */
function parseStart(date: string, time: string): Date | undefined {
  const [day, month, shortYear] = (/^(\d\d)\.(\d\d)\.(\d\d)$/.exec(date) ?? []).slice(1).map(Number);
  const [hour, minute, second] = (/^(\d\d)[.:](\d\d)[.:](\d\d)$/.exec(time) ?? []).slice(1).map(Number);
  if (day === undefined || month === undefined || shortYear === undefined || hour === undefined) return undefined;
  const year = shortYear + (shortYear >= 85 ? 1900 : 2000);
  const start = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return start.getUTCDate() === day && start.getUTCMonth() === month - 1 ? start : undefined;
}
