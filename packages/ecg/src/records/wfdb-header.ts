/** The header file of a WFDB record (`.hea`), as the WFDB Applications Guide's header(5) describes it. */
import { type FieldPlace, isDecimal, parseNumber, quoted, wrong } from './number-field.js';

/** One signal specification line. */
export interface WfdbSignal {
  readonly fileName: string;
  /** Storage format: 16, 80, 212, … */
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Frames by which the stored signal lags behind the others. */
  readonly skew: number;
  /** Bytes in the signal file before its samples. */
  readonly byteOffset: number;
  /** ADC units per physical unit, or undefined for an uncalibrated signal. */
  readonly gain?: number;
  /** ADC value of 0 physical units. */
  readonly baseline: number;
  readonly units: string;
  readonly adcResolution: number;
  readonly adcZero: number;
  readonly initialValue: number;
  /** Sum of all samples modulo 2^16, as a signed number; undefined where the line ends before it. */
  readonly checksum?: number;
  readonly blockSize: number;
  readonly description: string;
}

export interface WfdbHeader {
  readonly recordName: string;
  /** Frames per second; a signal has this rate times its samples per frame. */
  readonly frameRate: number;
  /** Ticks per second of the record's counter, usually the frame rate. */
  readonly counterRate: number;
  /** Value of the counter at the first frame. */
  readonly baseCounter: number;
  /** Frames in the record; undefined where the header leaves them to the length of the signal files. */
  readonly frames?: number;
  readonly start?: Date;
  readonly signals: readonly WfdbSignal[];
  /** Comment lines without their `#`. */
  readonly comments: readonly string[];
}

const headerHint = 'Correct the line, or fetch the header again from where the record was published.';
const defaultRate = 250;
const largestRate = 1e6;
const maximumSamplesPerFrame = 65_536;

/**
 * Reads the text of a `.hea` file.
 * @param file its path, for messages
 * @throws RecordError for a header that is malformed or belongs to a record of several segments
 */
export function parseWfdbHeader(text: string, file = 'header'): WfdbHeader {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const comments = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim());
  const [recordLine, ...signalLines] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const place = (field: string): FieldPlace => ({ file, field, hint: headerHint });
  if (recordLine === undefined) throw wrong(place('record line'), 'is missing');

  const [nameField = '', countField, rateField, framesField, timeField, dateField] = recordLine.split(/\s+/);
  const [recordName = '', segments] = nameField.split('/');
  if (!/^[\w.-]+$/.test(recordName)) throw wrong(place('record name'), `${quoted(recordName)} is not a record name`);
  if (segments !== undefined) {
    const hint = 'Open its segments one by one; their names stand in this header.';
    throw wrong({ file, field: 'number of segments', hint }, 'records of several segments are not supported');
  }
  if (countField === undefined) throw wrong(place('number of signals'), 'is missing');
  const count = parseNumber(countField, place('number of signals'), { integer: true, min: 0 });
  if (signalLines.length < count) {
    const problem = `the record line announces ${count}, the header describes ${signalLines.length}`;
    throw wrong(place('number of signals'), problem);
  }
  const rates = parseRates(rateField, place);
  const frames =
    framesField === undefined
      ? 0
      : parseNumber(framesField, place('number of samples per signal'), { integer: true, min: 0 });
  const start = parseStart(timeField, dateField, place);
  return {
    recordName,
    ...rates,
    ...(frames > 0 && { frames }),
    ...(start && { start }),
    signals: signalLines.slice(0, count).map((line, i) => parseSignalLine(line, i, file)),
    comments,
  };
}

type PlaceOf = (field: string) => FieldPlace;

/** `360`, `360/1000`, `360/1000(12.5)`: sampling rate, counter rate, base counter value. */
function parseRates(text: string | undefined, place: PlaceOf) {
  const [, rateText = '', counterText, baseText] =
    /^([^/]*)(?:\/([^()]*)(?:\(([^()]*)\))?)?$/.exec(text ?? String(defaultRate)) ?? [];
  const frameRate = parseNumber(rateText, place('sampling frequency'), { min: 0, max: largestRate });
  if (frameRate === 0) throw wrong(place('sampling frequency'), 'is 0');
  const counter = counterText === undefined ? 0 : parseNumber(counterText, place('counter frequency'));
  const baseCounter = baseText === undefined ? 0 : parseNumber(baseText, place('base counter value'));
  return { frameRate, counterRate: counter > 0 ? counter : frameRate, baseCounter };
}

/** Base time `HH:MM:SS[.sss]` and base date `DD/MM/YYYY`; a start needs both. */
function parseStart(time: string | undefined, date: string | undefined, place: PlaceOf): Date | undefined {
  if (time === undefined) return undefined;
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(time);
  if (!clock) throw wrong(place('base time'), `${quoted(time)} is not of the form HH:MM:SS`);
  if (date === undefined) return undefined;
  const [day, month, year] = (/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(date) ?? []).slice(1).map(Number);
  const midnight = new Date(Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day));
  if (midnight.getUTCDate() !== day || midnight.getUTCMonth() + 1 !== month) {
    throw wrong(place('base date'), `${quoted(date)} is not a date of the form DD/MM/YYYY`);
  }
  const [hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return new Date(midnight.getTime() + Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000));
}

function parseSignalLine(line: string, index: number, file: string): WfdbSignal {
  const place = (field: string): FieldPlace => ({ file, field: `signal ${index}, ${field}`, hint: headerHint });
  const integer = (text: string | undefined, field: string, otherwise: number) =>
    text === undefined ? otherwise : parseNumber(text, place(field), { integer: true, min: -(2 ** 31), max: 2 ** 31 });

  // Eight fields without spaces, then a description that may hold some.
  const [, fileName = '', formatField, gainField, resolution, zero, initial, checksum, blockSize, description = ''] =
    /^(\S+)(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+(.*))?$/.exec(
      line,
    ) ?? [];
  if (/[/\\]|^\.\.?$/.test(fileName)) {
    throw wrong(place('file name'), `${quoted(fileName)} is not a plain name: signal files stand beside the header`);
  }
  if (formatField === undefined) throw wrong(place('format'), 'is missing');
  const storage = /^(\d{1,4})(?:x(\d{1,9}))?(?::(\d{1,9}))?(?:\+(\d{1,15}))?$/.exec(formatField);
  if (!storage) throw wrong(place('format'), `${quoted(formatField)} is not a storage format`);
  const [format, samplesPerFrame, skew, byteOffset] = storage.slice(1).map((part) => part && Number(part));
  const perFrame = Number(samplesPerFrame ?? 1);
  if (perFrame < 1 || perFrame > maximumSamplesPerFrame) {
    throw wrong(place('samples per frame'), `${perFrame} is not between 1 and ${maximumSamplesPerFrame}`);
  }
  const adcZero = integer(zero, 'ADC zero', 0);
  return {
    fileName,
    format: Number(format),
    samplesPerFrame: perFrame,
    skew: Number(skew ?? 0),
    byteOffset: Number(byteOffset ?? 0),
    ...parseGain(gainField, adcZero, place),
    adcResolution: integer(resolution, 'ADC resolution', 12),
    adcZero,
    initialValue: integer(initial, 'initial value', adcZero),
    ...(checksum !== undefined && { checksum: integer(checksum, 'checksum', 0) }),
    blockSize: integer(blockSize, 'block size', 0),
    description: description.trim(),
  };
}

/** `200`, `200(1024)`, `200(1024)/mV`: gain, baseline, units. A gain of 0 says that the signal is not calibrated. */
function parseGain(text: string | undefined, adcZero: number, place: PlaceOf) {
  const [, gainText, baselineText, units = 'mV'] = /^([^(/]+)(?:\(([^)]*)\))?(?:\/(\S+))?$/.exec(text ?? '0') ?? [];
  if (gainText === undefined || !isDecimal(gainText)) {
    throw wrong(place('ADC gain'), `${quoted(text ?? '')} is not of the form gain(baseline)/units`);
  }
  const gain = parseNumber(gainText, place('ADC gain'));
  const baseline =
    baselineText === undefined ? adcZero : parseNumber(baselineText, place('baseline'), { integer: true });
  return { ...(gain !== 0 && { gain }), baseline, units };
}
