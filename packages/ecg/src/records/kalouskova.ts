/**
 * Recordings of Kalouskova's wearable ECG data set (master's thesis on motion artefacts): `SS_EE_activity.csv`, lines of
 * `2024-03-26 14:58:13.300910 ; 2175` without a header, and judgements of artefact strength in
 * `labels/SS_EE_activity_SECONDS.csv`.
 */
import { parseNumber, quoted } from './number-field.js';
import type { ArtefactLevel, EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import { recordNameOf } from './record-path.js';
import { timingOf } from './timing.js';

/**
 * ADC counts in a millivolt. The author states no gain. At rest, on gel electrodes, the signal spans 1600 to 2700 counts
 * in a second; we take a thousand for a millivolt, which puts it where a chest lead would be.
 */
export const kalouskovaAssumedGain = 1000;
/** Middle of the 12-bit range, near which the amplifier's output rests. */
export const kalouskovaMidscale = 2048;

const largestCount = 4095;
/** Shorter interruptions cannot be told from jitter of the stamps, which the computer gave on arrival. */
const shortestGap = 0.02;

const activities: Readonly<Record<string, string>> = {
  klud: 'rest',
  ruky: 'arms',
  chodza: 'walking',
  beh: 'running',
  drepy: 'squats',
};
const electrodes: Readonly<Record<string, string>> = { '01': 'Ag/AgCl', '02': 'chrome-nickel', '03': 'textile' };

/** Name of a recording in this layout: person, electrode, activity in Slovak. */
export const kalouskovaName = /^(\d\d)_(\d\d)_(klud|ruky|chodza|beh|drepy)$/;

const lineForm = 'YYYY-MM-DD HH:MM:SS.ffffff ; count';
const fetchHint = 'Only files of the Kalouskova data set have this layout: fetch the file again.';

/**
 * Rate and gaps come from the time stamps. Electrodes, activity and person come from the name; `activity` is the English
 * word, `activityInFile` the published one.
 * @param artefactLevels what {@link parseKalouskovaLabels} read from the label file
 * @throws RecordError when a line is malformed or the stamps do not advance
 */
export function parseKalouskova(
  bytes: Uint8Array,
  path = 'Kalouskova file',
  artefactLevels?: readonly ArtefactLevel[],
): EcgRecord {
  const { counts, microseconds } = readLines(bytes, path);
  const origin = microseconds[0] ?? 0;
  const timing = timingOf(
    microseconds.map((stamp) => (stamp - origin) / 1e6),
    shortestGap,
  );
  if (!timing) throw new RecordError(path, 'timestamp', 'the stamps give no rate: they do not advance', fetchHint);
  const samples = new Float32Array(counts.length);
  for (let i = 0; i < counts.length; i++) samples[i] = (counts[i]! - kalouskovaMidscale) / kalouskovaAssumedGain;
  return {
    name: recordNameOf(path),
    format: 'kalouskova',
    channels: [{ name: 'ECG', units: 'mV', rate: timing.rate, samples, assumedGain: kalouskovaAssumedGain }],
    gaps: timing.gaps,
    start: new Date(Math.floor(origin / 1000)),
    comments: [],
    labels: labelsOf(path),
    ...(artefactLevels && { artefactLevels }),
  };
}

function labelsOf(path: string): Record<string, string> {
  const [, person, electrode, activity] = kalouskovaName.exec(recordNameOf(path)) ?? [];
  if (!person || !electrode || !activity) return {};
  return {
    person,
    electrode: electrodes[electrode] ?? electrode,
    electrodeInFile: electrode,
    activity: activities[activity]!,
    activityInFile: activity,
  };
}

/** Reads byte by byte: a recording has thirty thousand lines of one fixed shape. */
function readLines(bytes: Uint8Array, path: string): { counts: Int16Array; microseconds: Float64Array } {
  const shortestLine = 23;
  const capacity = Math.ceil((bytes.length + 1) / shortestLine);
  const counts = new Int16Array(capacity);
  const microseconds = new Float64Array(capacity);
  let lines = 0;
  const cursor = new LineCursor(bytes);
  while (!cursor.atEnd) {
    const start = cursor.at;
    const stamp = cursor.timestamp();
    const count = stamp >= 0 ? cursor.count() : malformed;
    if (!(count <= largestCount)) {
      const line = new TextDecoder('latin1').decode(bytes.subarray(start, start + 60)).split(/\r?\n/)[0] ?? '';
      throw new RecordError(path, `line ${lines + 1}`, `${quoted(line)} is not "${lineForm}", 12 bits`, fetchHint);
    }
    microseconds[lines] = stamp;
    counts[lines++] = count;
  }
  if (lines === 0) throw new RecordError(path, 'lines', 'there are none', fetchHint);
  return { counts: counts.subarray(0, lines), microseconds: microseconds.subarray(0, lines) };
}

const [zero, newline, carriageReturn, space, semicolon, dot, colon, dash] = [...'0\n\r ;.:-'].map((character) =>
  character.charCodeAt(0),
) as [number, number, number, number, number, number, number, number];

/** What reading gives where something else stands than is looked for. */
const malformed = Number.NaN;

/** Walks over the bytes. */
class LineCursor {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private dayKey = -1;
  private dayMicroseconds = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    let end = bytes.length;
    while (end > 0 && bytes[end - 1]! <= space) end--;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  /** Microseconds since 1970, the stamp taken as UTC; without a fraction when it fell on a full second. */
  timestamp(): number {
    const date = ((this.digits(4, dash) * 100 + this.digits(2, dash)) * 100 + this.digits(2, space)) | 0;
    const seconds = (this.digits(2, colon) * 60 + this.digits(2, colon)) * 60 + this.digits(2);
    let fraction = 0;
    if (this.bytes[this.at] === dot) {
      this.at++;
      fraction = this.digits(6);
    }
    if (date !== this.dayKey) {
      this.dayKey = date;
      this.dayMicroseconds = Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) * 1000;
    }
    return this.dayMicroseconds + seconds * 1e6 + fraction;
  }

  /** ` ; 2175` and the end of the line. */
  count(): number {
    this.skipSpaces();
    if (this.bytes[this.at++] !== semicolon) return malformed;
    this.skipSpaces();
    const first = this.at;
    let value = 0;
    for (; this.at < this.end && this.at < first + 5; this.at++) {
      const digit = this.bytes[this.at]! - zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (this.at === first) return malformed;
    this.skipSpaces();
    if (this.bytes[this.at] === carriageReturn) this.at++;
    return this.atEnd || this.bytes[this.at++] === newline ? value : malformed;
  }

  /** A number of so many digits, and the byte that must follow it. */
  private digits(length: number, follower?: number): number {
    let value = 0;
    for (let i = 0; i < length; i++) {
      const digit = this.bytes[this.at++]! - zero;
      if (!(digit >= 0 && digit <= 9)) return malformed;
      value = value * 10 + digit;
    }
    return follower === undefined || this.bytes[this.at++] === follower ? value : malformed;
  }

  private skipSpaces(): void {
    while (this.bytes[this.at] === space) this.at++;
  }
}

/**
 * Reads a label file, `start;end;activity;artifact;electrode`: a level from 1 (little) to 4 (worst) for every stretch of
 * a thousand samples.
 * @throws RecordError when the table is not of that form
 */
export function parseKalouskovaLabels(bytes: Uint8Array, path = 'Kalouskova labels'): ArtefactLevel[] {
  const [header = '', ...rows] = new TextDecoder('latin1').decode(bytes).trimEnd().split(/\r?\n/);
  if (!header.startsWith('start;end;activity;artifact')) {
    throw new RecordError(path, 'header', `${quoted(header)} is not that of a label file`, fetchHint);
  }
  return rows.map((row, i) => {
    const cells = row.split(';');
    const cell = (index: number, field: string, min: number, max: number) =>
      parseNumber(
        cells[index] ?? '',
        { file: path, field: `row ${i + 2}, ${field}`, hint: fetchHint },
        {
          integer: true,
          min,
          max,
        },
      );
    const start = cell(0, 'start', 0, 2 ** 31);
    return { start, end: cell(1, 'end', start + 1, 2 ** 31), level: cell(3, 'artifact', 1, 4) };
  });
}
