/**
 * Recordings of the Heartprint data set (Islam et al., Data 2022, 7, 141): `Session-S/PERSON/DATE_TIME_NN_ECG.txt`,
 * one number a line. Only the first 3747 lines are ECG, 250 samples a second. Beat indices of the recording device
 * follow, then zeros.
 *
 * 139 recordings are published twice, byte for byte, under the same person in two sessions (135 in 3L and 3R, 4 in 1 and
 * 2): whoever compares sessions has to leave out the copies.
 */
import { isDecimal, quoted } from './number-field.js';
import type { EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import { fileNameOf, folderNameOf, recordNameOf } from './record-path.js';

export const heartprintRate = 250;
/** Lines that hold ECG; the published files have 7500. */
export const heartprintSamples = 3747;
/**
 * Units of the file in a millivolt. The files state none. The median R wave of every session is about ten
 * units high, so we take a unit for a tenth of a millivolt.
 */
export const heartprintAssumedGain = 10;

/** The stored beat index minus this is the 0-based sample of the R peak. */
const beatIndexOffset = 3;
/** Samples around a beat in which an R peak is the highest, and by how many it may be off. */
const peakNeighbourhood = 25;
const peakTolerance = 2;

const hint = 'Only files of the Heartprint data set have this layout: fetch the file again.';

/**
 * @param path path of the file: person, session and time of recording stand in it
 * @throws RecordError when the file is shorter than an ECG or holds something else than numbers
 */
export function parseHeartprint(bytes: Uint8Array, path = 'Heartprint file'): EcgRecord {
  const lines = new TextDecoder('latin1').decode(bytes).split('\n');
  if (lines.length < heartprintSamples) {
    const problem = `there are ${lines.length}, the ECG alone takes ${heartprintSamples}`;
    throw new RecordError(path, 'lines', problem, 'The file is cut short: fetch it again.');
  }
  const values = new Float32Array(heartprintSamples);
  for (let i = 0; i < heartprintSamples; i++) {
    const line = lines[i]!.trim();
    if (!isDecimal(line)) throw new RecordError(path, `line ${i + 1}`, `${quoted(line)} is not a number`, hint);
    values[i] = Number(line);
  }
  const beats = readBeats(lines, values);
  const start = startOf(path);
  return {
    name: recordNameOf(path),
    format: 'heartprint',
    channels: [
      {
        name: 'ECG I',
        units: 'mV',
        rate: heartprintRate,
        samples: values.map((value) => value / heartprintAssumedGain),
        assumedGain: heartprintAssumedGain,
      },
    ],
    gaps: [],
    ...(start && { start }),
    comments: [],
    labels: labelsOf(path),
    annotations: beats.map((sample) => ({ sample, symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' })),
  };
}

/**
 * The list of beats was not cleared between recordings: a longer, earlier one shows through behind its end. It ends
 * where the indices stop rising; left-overs that happen to rise are told by their not lying on an R peak. Within the list
 * the device is believed, right or wrong: nobody audited it.
 */
function readBeats(lines: readonly string[], ecg: Float32Array): number[] {
  const beats: number[] = [];
  for (let i = heartprintSamples, previous = 0; i < lines.length; i++) {
    const index = Number(lines[i]);
    if (!Number.isInteger(index) || index <= previous || index - beatIndexOffset >= ecg.length) break;
    previous = index;
    if (index >= beatIndexOffset) beats.push(index - beatIndexOffset);
  }
  while (beats.length > 0 && !isPeak(ecg, beats.at(-1)!)) beats.pop();
  return beats;
}

function isPeak(ecg: Float32Array, sample: number): boolean {
  const from = Math.max(0, sample - peakNeighbourhood);
  let highest = from;
  for (let i = from; i <= Math.min(ecg.length - 1, sample + peakNeighbourhood); i++) {
    if (ecg[i]! > ecg[highest]!) highest = i;
  }
  return Math.abs(highest - sample) <= peakTolerance;
}

/** Person and session from the folders; which hand held the device stands nowhere in the files. */
function labelsOf(path: string): Record<string, string> {
  const session = /(?:^|[/\\])Session-(\w+)[/\\][^/\\]+[/\\][^/\\]+$/.exec(path)?.[1];
  const person = /^\d+$/.exec(folderNameOf(path))?.[0];
  return { ...(person && { person }), ...(session && { session }) };
}

/** `20120509_0457_…` or, in some files, `28092013_2014_…`: local date and time. */
function startOf(path: string): Date | undefined {
  const [date, time] = (/^(\d{8})_(\d{4})_/.exec(fileNameOf(path)) ?? []).slice(1);
  if (!date || !time) return undefined;
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(2))];
  const yearFirst = [date.slice(0, 4), date.slice(4, 6), date.slice(6)].map(Number);
  const dayFirst = [date.slice(4), date.slice(2, 4), date.slice(0, 2)].map(Number);
  for (const [year, month, day] of [yearFirst, dayFirst] as [number, number, number][]) {
    const start = new Date(Date.UTC(year, month - 1, day, hour, minute));
    const isReal = start.getUTCMonth() + 1 === month && start.getUTCDate() === day && start.getUTCHours() === hour;
    if (year > 2000 && year < 2100 && isReal) return start;
  }
  return undefined;
}
