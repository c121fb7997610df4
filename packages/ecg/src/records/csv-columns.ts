/** What the column names of a CSV file say: which one is time, in which unit, and the units of the others. */
import { millivoltsPerUnit } from './millivolts.js';

export interface CsvColumn {
  readonly name: string;
  /** As stated in brackets or as a suffix; undefined where the name states none. */
  readonly units?: string;
  readonly isTime: boolean;
}

const timeNames = new Set(['time', 'timestamp', 't']);

const secondsPer: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  ms: 1e-3,
  msec: 1e-3,
  millis: 1e-3,
  milliseconds: 1e-3,
  us: 1e-6,
  '\u00b5s': 1e-6, // micro sign
  '\u03bcs': 1e-6, // Greek mu
  usec: 1e-6,
  micros: 1e-6,
  microseconds: 1e-6,
  ns: 1e-9,
};

/** Seconds in one of the unit, or undefined where it is no unit of time. */
export function secondsPerUnit(units: string): number | undefined {
  const key = units.toLowerCase();
  return Object.hasOwn(secondsPer, key) ? secondsPer[key] : undefined;
}

/** Longest column name in which a unit is looked for. */
const longestName = 200;

/** `ecg [mV]`, `ecg (uV)`, `ecg_mV`, `time_ms`, `t/s`, `timestamp`. */
export function parseColumnName(header: string): CsvColumn {
  const text = header.trim();
  if (text.length > longestName) return { name: text, isTime: false };
  const [, name = text, units] = /^([^[(]*)[[(]([^\])]*)[\])]$/.exec(text) ?? /^(.*\S)[\s_/-]+(\S+)$/.exec(text) ?? [];
  const isTime = (candidate: string) => timeNames.has(candidate.trim().toLowerCase());
  if (isTime(text)) return { name: text, isTime: true };
  const bracketed = /[\])]$/.test(text);
  if (units === undefined) return { name: text, isTime: false };
  if (isTime(name) && secondsPerUnit(units.trim()) !== undefined) {
    return { name: name.trim(), units: units.trim(), isTime: true };
  }
  if (bracketed || millivoltsPerUnit(units) !== undefined) {
    return { name: name.trim(), units: units.trim(), isTime: false };
  }
  return { name: text, isTime: false };
}

/** The delimiter that occurs most often in the header line, quoted parts left out. */
export function detectDelimiter(headerLine: string): string {
  const bare = headerLine.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
