/** CSV files with a header line: one column per signal, and a time column or a stated rate. */
import { CsvError, parse } from 'csv-parse/sync';
import { type CsvColumn, detectDelimiter, parseColumnName, secondsPerUnit } from './csv-columns.js';
import { millivoltsPerUnit } from './millivolts.js';
import { isDecimal, quoted } from './number-field.js';
import type { Channel, EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import { recordNameOf } from './record-path.js';
import { microsecondsOfTimestamp } from './timestamp.js';
import { type Timing, timingOf } from './timing.js';

export interface CsvOptions {
  /** Path of the file, for messages and the record's name. */
  readonly file?: string;
  /** Samples per second. Overrides the time column, which then gives the start only. */
  readonly rate?: number;
  /** Units of the signal columns whose names state none. */
  readonly units?: string;
  /** Column separator; by default the one of comma, semicolon and tab that the header line has most of. */
  readonly delimiter?: string;
}

const largestFile = 256 * 2 ** 20;
const slowestRate = 10;
const fastestRate = 100_000;
/** Rows looked at to tell a signal from a column of text. */
const probedRows = 20;
/** Seconds since 1970 above which a stamp is taken as a date; smaller ones count from the start of something. */
const earliestDate = Date.UTC(1980) / 1000;
const missingValue = /^(?:nan|na|null)?$/i;

/**
 * Reads a CSV file. Lines that begin with `#` are comments. Columns of text are left out; an empty cell or `NaN` is a
 * NaN sample. With a delimiter other than the comma, numbers may have a decimal comma.
 *
 * A column named `time`, `timestamp` or `t` gives rate and gaps: ISO date-times, or numbers in the unit that its name
 * states (`time [ms]`, `t_us`), otherwise in seconds, or for numbers too large to be that, in the milli-, micro- or
 * nanoseconds since 1970. Voltages come in millivolts; a column whose name states no unit has the units `unknown`.
 * @throws RecordError when rate, numbers or shape of the table are not as described
 */
export function parseCsv(content: Uint8Array | string, options: CsvOptions = {}): EcgRecord {
  const { file = 'CSV file', rate } = options;
  if (content.length > largestFile) {
    const problem = `${content.length} bytes are more than the ${largestFile} that are read at once`;
    throw new RecordError(file, 'size', problem, 'Split the recording, or convert it to EDF or WFDB.');
  }
  if (rate !== undefined && !(rate > 0 && Number.isFinite(rate))) {
    throw new RecordError(file, 'rate', `${rate} is not a rate`, 'State the samples per second.');
  }
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const table = readTable(text.replace(/^\uFEFF/, ''), file, options.delimiter);
  const timeIndex = table.columns.findIndex((column) => column.isTime);
  const time = timeIndex < 0 ? undefined : readTime(table, timeIndex);
  const timing = rate === undefined ? deriveTiming(table, time) : { rate, gaps: [] };
  const channels = readSignals(table, timing.rate, options.units);
  return {
    name: recordNameOf(file),
    format: 'csv',
    channels,
    gaps: timing.gaps,
    ...(time?.start && { start: time.start }),
    comments: table.comments,
    labels: {},
  };
}

interface Table {
  readonly file: string;
  readonly columns: readonly CsvColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly decimalComma: boolean;
  readonly comments: readonly string[];
}

function readTable(text: string, file: string, statedDelimiter: string | undefined): Table {
  const headerHint = 'Begin the file with one line of column names, such as "time [s],ecg [mV]".';
  const comments: string[] = [];
  let headerLine = '';
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    headerLine = match[0].trim();
    if (headerLine.startsWith('#')) comments.push(headerLine.slice(1).trim());
    else if (headerLine) break;
  }
  const delimiter = statedDelimiter ?? detectDelimiter(headerLine);
  let rows: string[][];
  try {
    rows = parse(text, { delimiter, comment: '#', comment_no_infix: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error ? `line ${error.lines}` : 'table';
    const hint = 'Give every row as many columns as the header, and close every quoted text.';
    throw new RecordError(file, line, error.message.split(/[.,] /)[0] ?? error.code, hint);
  }
  const header = rows.shift();
  if (!header) throw new RecordError(file, 'header', 'is missing', headerHint);
  if (header.every((cell) => isDecimal(cell) || cell === '')) {
    throw new RecordError(file, 'header', 'the first line holds numbers instead of column names', headerHint);
  }
  if (rows.length === 0) throw new RecordError(file, 'rows', 'there are none below the header', 'Add the samples.');
  return { file, columns: header.map(parseColumnName), rows, decimalComma: delimiter !== ',', comments };
}

/** A number, NaN for a missing value, undefined for anything else. */
function cellValue(table: Table, row: number, column: number): number | undefined {
  const cell = table.rows[row]![column]!;
  const text = table.decimalComma && cell.includes(',') ? cell.replace(',', '.') : cell;
  if (isDecimal(text)) return Number(text);
  return missingValue.test(text) ? Number.NaN : undefined;
}

/** Row as a user counts it: the header is row 1. */
function rowName(row: number, column: CsvColumn): string {
  return `row ${row + 2}, column ${quoted(column.name)}`;
}

interface Time {
  /** Seconds from the first stamp. */
  readonly stamps: Float64Array;
  readonly start?: Date;
}

function readTime(table: Table, index: number): Time {
  const column = table.columns[index]!;
  const hint = 'Write times as numbers in the unit that the column name states, or as 2024-03-26T14:58:13.300910.';
  const firstCell = table.rows[0]![index]!;
  const isDate = microsecondsOfTimestamp(firstCell) !== undefined;
  const first = cellValue(table, 0, index) ?? 0;
  const unit = isDate ? 1e-6 : column.units === undefined ? guessUnit(first) : secondsPerUnit(column.units)!;
  const stamps = new Float64Array(table.rows.length);
  let origin = 0;
  for (let row = 0; row < stamps.length; row++) {
    const value = isDate ? microsecondsOfTimestamp(table.rows[row]![index]!) : cellValue(table, row, index);
    if (value === undefined || Number.isNaN(value)) {
      const problem = `${quoted(table.rows[row]![index]!)} is not a time`;
      throw new RecordError(table.file, rowName(row, column), problem, hint);
    }
    if (row === 0) origin = value;
    stamps[row] = (value - origin) * unit;
    if (row > 0 && stamps[row]! < stamps[row - 1]!) {
      const sortHint = 'Sort the rows by time, or state the rate, so that the time column is not needed.';
      throw new RecordError(table.file, rowName(row, column), 'the time goes back', sortHint);
    }
  }
  const seconds = origin * unit;
  const isStart = isDate || seconds > earliestDate;
  const start = new Date(Math.round(seconds * 1000));
  return { stamps, ...(isStart && !Number.isNaN(start.getTime()) && { start }) };
}

/** Unit of a time that states none, by its size: only seconds since 1970 and smaller numbers can be seconds. */
function guessUnit(value: number): number {
  if (value > earliestDate * 1e9) return 1e-9;
  if (value > earliestDate * 1e6) return 1e-6;
  return value > earliestDate * 1e3 ? 1e-3 : 1;
}

function deriveTiming(table: Table, time: Time | undefined): Timing {
  const hint = 'Name the unit of the time column in its header, such as "time [ms]", or state the rate.';
  if (!time) throw new RecordError(table.file, 'time column', 'there is none', 'Add one, or state the rate.');
  const timing = timingOf(time.stamps);
  if (!timing) throw new RecordError(table.file, 'time column', 'gives no rate: the times do not advance', hint);
  if (timing.rate < slowestRate || timing.rate > fastestRate) {
    const problem = `gives ${timing.rate.toPrecision(4)} samples per second, which is no ECG`;
    throw new RecordError(table.file, 'time column', problem, hint);
  }
  return timing;
}

function readSignals(table: Table, rate: number, statedUnits: string | undefined): Channel[] {
  const channels: Channel[] = [];
  table.columns.forEach((column, index) => {
    if (column.isTime || isText(table, index)) return;
    const units = column.units ?? statedUnits ?? 'unknown';
    const perUnit = millivoltsPerUnit(units);
    const samples = new Float32Array(table.rows.length);
    for (let row = 0; row < samples.length; row++) {
      const value = cellValue(table, row, index);
      if (value === undefined) {
        const problem = `${quoted(table.rows[row]![index]!)} is not a number`;
        throw new RecordError(table.file, rowName(row, column), problem, 'Correct it, or leave the cell empty.');
      }
      samples[row] = value * (perUnit ?? 1);
    }
    channels.push({ name: column.name, units: perUnit === undefined ? units : 'mV', rate, samples });
  });
  if (channels.length > 0) return channels;
  throw new RecordError(table.file, 'columns', 'none holds a signal', 'Add a column of numbers beside the time.');
}

/** Whether the first cells that are not empty are all no numbers. */
function isText(table: Table, index: number): boolean {
  const cells = table.rows.slice(0, probedRows).map((_, row) => cellValue(table, row, index));
  const filled = cells.filter((value) => value === undefined || !Number.isNaN(value));
  return filled.length > 0 && filled.every((value) => value === undefined);
}
