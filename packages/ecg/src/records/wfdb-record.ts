/** A WFDB record from its header and the bytes of its signal files. */
import { millivoltsPerUnit } from './millivolts.js';
import type { Channel, EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import type { WfdbHeader } from './wfdb-header.js';
import { checksumOf, decodeWfdbSignals, type WfdbAdcSignal } from './wfdb-signals.js';

/** ADC units per millivolt for a signal without a gain: what header(5) tells readers to assume. */
export const wfdbAssumedGain = 200;

export interface WfdbOptions {
  /**
   * Fail when a checksum disagrees with the samples. Off by default: published records with a wrong checksum and sound
   * samples exist (11 of the 310 of the ECG-ID database).
   */
  readonly verifyChecksum?: boolean;
  /** Path of the header, for messages. */
  readonly file?: string;
}

/**
 * Physical samples of all signals: (ADC value − baseline) / gain, voltages in millivolts, skew undone (a sample that the
 * shift moves out of the file is NaN), invalid samples NaN.
 * @param files bytes by the file name that the header gives
 * @throws RecordError when a signal file is missing, cut short or of an unsupported format
 */
export function parseWfdbRecord(
  header: WfdbHeader,
  files: ReadonlyMap<string, Uint8Array>,
  options: WfdbOptions = {},
): EcgRecord {
  const { file = 'header', verifyChecksum = false } = options;
  const signals = decodeWfdbSignals(header, files, file);
  if (verifyChecksum) for (const signal of signals) failOnWrongChecksum(signal, file);
  return {
    name: header.recordName,
    format: 'wfdb',
    channels: signals.map((signal, index) => toChannel(signal, index, header)),
    gaps: [],
    ...(header.start && { start: header.start }),
    comments: header.comments,
    labels: labelsOf(header.comments),
  };
}

function failOnWrongChecksum(signal: WfdbAdcSignal, file: string): void {
  const { declared, actual, description } = checksumOf(signal);
  if (declared === undefined || ((declared - actual) & 0xffff) === 0) return;
  const hint = 'Fetch the record again; if it stays so it was published that way, then read it without the check.';
  const problem = `the header says ${declared}, the samples in ${signal.signal.fileName} give ${actual}`;
  throw new RecordError(file, `checksum of ${description || 'a signal'}`, problem, hint);
}

function toChannel({ signal, values, invalid }: WfdbAdcSignal, index: number, header: WfdbHeader): Channel {
  const perUnit = millivoltsPerUnit(signal.units);
  const gain = (signal.gain ?? wfdbAssumedGain) / (perUnit ?? 1);
  const shift = signal.skew * signal.samplesPerFrame;
  const samples = new Float32Array(values.length).fill(Number.NaN);
  for (let i = 0, from = shift; from < values.length; i++, from++) {
    const value = values[from]!;
    if (value !== invalid) samples[i] = (value - signal.baseline) / gain;
  }
  return {
    name: signal.description || `signal ${index}`,
    units: perUnit === undefined ? signal.units : 'mV',
    rate: header.frameRate * signal.samplesPerFrame,
    samples,
    ...(signal.gain === undefined && { assumedGain: wfdbAssumedGain }),
  };
}

/** Comments of the form `Age: 25` as labels; PhysioNet's headers state age, sex, diagnosis and the like so. */
function labelsOf(comments: readonly string[]): Record<string, string> {
  const labels = new Map<string, string>();
  for (const comment of comments) {
    const [, key = '', value = ''] = /^([^:]{1,60}):\s+(\S.*)$/.exec(comment) ?? [];
    if (value && value !== 'n/a') labels.set(key.trim().toLowerCase(), value);
  }
  return Object.fromEntries(labels);
}
