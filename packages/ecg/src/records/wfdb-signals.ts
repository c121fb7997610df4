/** The signal files of a WFDB record (`.dat`): stored bytes to ADC values (WFDB Applications Guide, signal(5)). */
import { RecordError } from './record-error.js';
import type { WfdbHeader, WfdbSignal } from './wfdb-header.js';

/** A storage format: how many samples some bytes hold, their values, and the value that says "no sample here". */
interface StorageFormat {
  readonly invalid: number;
  samplesIn(bytes: number): number;
  decode(bytes: Uint8Array, out: Int16Array): void;
}

/** Two bytes a sample, two's complement, low byte first. */
const format16: StorageFormat = {
  invalid: -32768,
  samplesIn: (bytes) => Math.floor(bytes / 2),
  decode(bytes, out) {
    for (let i = 0, at = 0; i < out.length; i++, at += 2) out[i] = bytes[at]! | (bytes[at + 1]! << 8);
  },
};

/** One byte a sample, offset binary. */
const format80: StorageFormat = {
  invalid: -128,
  samplesIn: (bytes) => bytes,
  decode(bytes, out) {
    for (let i = 0; i < out.length; i++) out[i] = bytes[i]! - 128;
  },
};

/** Three bytes for two samples of 12 bits; the high bits of both share the middle byte. */
const format212: StorageFormat = {
  invalid: -2048,
  samplesIn: (bytes) => Math.floor((bytes * 2) / 3),
  decode(bytes, out) {
    for (let i = 0, at = 0; i < out.length; i += 2, at += 3) {
      const middle = bytes[at + 1]!;
      // Shifting to the top of 32 bits and back extends the sign.
      out[i] = ((bytes[at]! | (middle << 8)) << 20) >> 20;
      if (i + 1 < out.length) out[i + 1] = ((bytes[at + 2]! | ((middle & 0xf0) << 4)) << 20) >> 20;
    }
  },
};

const storageFormats: ReadonlyMap<number, StorageFormat> = new Map([
  [16, format16],
  [80, format80],
  [212, format212],
]);

/** One signal as stored. */
export interface WfdbAdcSignal {
  readonly signal: WfdbSignal;
  /** ADC values in file order, before skew is undone. */
  readonly values: Int16Array;
  /** The value that marks an invalid sample. */
  readonly invalid: number;
}

/** What a header says of a signal and what its samples sum up to. */
export interface WfdbChecksum {
  readonly description: string;
  readonly declared?: number;
  /** Sum of all stored samples modulo 2^16, signed. */
  readonly actual: number;
}

/**
 * Decodes all signals of a record, in header order.
 * @param files bytes by the file name that the header gives
 * @param file path of the header, for messages
 * @throws RecordError when a file is missing or shorter than the header says, or its format is not 16, 80 or 212
 */
export function decodeWfdbSignals(
  header: WfdbHeader,
  files: ReadonlyMap<string, Uint8Array>,
  file = 'header',
): WfdbAdcSignal[] {
  if (header.signals.length === 0) {
    throw new RecordError(file, 'number of signals', 'the record has no signals', 'Open a record with a signal file.');
  }
  const groups = groupsOf(header, file).map((signals) => openGroup(signals, header, files, file));
  const frames = header.frames ?? Math.min(...groups.map((group) => group.frames));
  if (frames === 0) {
    throw new RecordError(file, 'number of samples per signal', 'the signal files hold none', 'Fetch them again.');
  }
  return groups.flatMap((group) => decodeGroup(group, frames));
}

/** The checksum that the header declares for each signal beside the one its samples have. */
export function wfdbChecksums(
  header: WfdbHeader,
  files: ReadonlyMap<string, Uint8Array>,
  file = 'header',
): WfdbChecksum[] {
  return decodeWfdbSignals(header, files, file).map(checksumOf);
}

export function checksumOf({ signal, values }: WfdbAdcSignal): WfdbChecksum {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum = (sum + values[i]!) | 0;
  const declared = signal.checksum;
  return { description: signal.description, ...(declared !== undefined && { declared }), actual: (sum << 16) >> 16 };
}

interface Group {
  readonly signals: readonly WfdbSignal[];
  readonly storage: StorageFormat;
  readonly bytes: Uint8Array;
  readonly samplesPerFrame: number;
  /** Whole frames that the file holds. */
  readonly frames: number;
}

/** Neighbouring signals that share a file. */
function groupsOf(header: WfdbHeader, file: string): WfdbSignal[][] {
  const groups: WfdbSignal[][] = [];
  const seen = new Set<string>();
  for (const signal of header.signals) {
    const group = groups.at(-1);
    if (group?.[0]?.fileName === signal.fileName) {
      group.push(signal);
      continue;
    }
    if (seen.has(signal.fileName)) {
      const hint = 'Bring the signals of one file together in the header, in the order in which they are stored.';
      throw new RecordError(file, 'file name', `${signal.fileName} comes back after another file`, hint);
    }
    seen.add(signal.fileName);
    groups.push([signal]);
  }
  return groups;
}

function openGroup(
  signals: readonly WfdbSignal[],
  header: WfdbHeader,
  files: ReadonlyMap<string, Uint8Array>,
  file: string,
): Group {
  const { fileName, format, byteOffset } = signals[0]!;
  const storage = storageFormats.get(format);
  if (!storage) {
    const hint = 'Convert the record to format 16 first (the WFDB tool xform does it).';
    throw new RecordError(file, 'format', `format ${format} is not supported, 16, 80 and 212 are`, hint);
  }
  if (signals.some((signal) => signal.format !== format)) {
    throw new RecordError(file, 'format', `the signals in ${fileName} differ in format`, 'Correct the header.');
  }
  const content = files.get(fileName);
  if (!content) {
    throw new RecordError(fileName, 'signal file', 'is missing', `Put it beside the header ${file}.`);
  }
  const bytes = content.subarray(byteOffset);
  const samplesPerFrame = signals.reduce((sum, signal) => sum + signal.samplesPerFrame, 0);
  const frames = Math.floor(storage.samplesIn(bytes.length) / samplesPerFrame);
  if (frames < (header.frames ?? 0)) {
    const problem = `holds ${frames} samples per signal, the header announces ${header.frames}`;
    throw new RecordError(fileName, 'signal file', problem, 'The file is cut short: fetch it again.');
  }
  return { signals, storage, bytes, samplesPerFrame, frames };
}

function decodeGroup({ signals, storage, bytes, samplesPerFrame }: Group, frames: number): WfdbAdcSignal[] {
  const multiplexed = new Int16Array(frames * samplesPerFrame);
  storage.decode(bytes, multiplexed);
  let first = 0;
  return signals.map((signal) => {
    const perFrame = signal.samplesPerFrame;
    const values = new Int16Array(frames * perFrame);
    for (let frame = 0, to = 0, from = first; frame < frames; frame++, from += samplesPerFrame) {
      for (let k = 0; k < perFrame; k++) values[to++] = multiplexed[from + k]!;
    }
    first += perFrame;
    return { signal, values, invalid: storage.invalid };
  });
}
