/** What the firmware is told, as records of its link. */
import { FirmwareError } from './firmware-error.js';
import { encodeRecord, PayloadWriter, TO_WATCH } from './link-records.js';

/** How long an enrolment collects windows, s (0: the windows decide alone), and how many make a template at least. */
export interface EnrolmentGoal {
  readonly seconds: number;
  readonly windows: number;
}

/** Settings of a watch that starts: `eb_app_config` of edgebeat/app/app.h. */
export interface WatchSettings {
  readonly rateMilliHertz: number;
  readonly scaleNanovolts: number;
  /** Drawn at random at each boot. */
  readonly streamId: number;
  /** When the first sample is taken, µs. */
  readonly startTimeUs: number;
  readonly frameSamples: number;
  readonly clockUnsynchronised?: boolean;
  /** The battery is low from this percentage on; 0, the default, never. */
  readonly lowBattery?: number;
  /** The model's own where not given. */
  readonly threshold?: { readonly metric: 'cosine' | 'euclidean'; readonly value: number };
  /** Windows averaged for an answer; as the model's threshold wants where not given. */
  readonly windows?: number;
  /** Windows of a lower quality are not looked at, 0 to 1. */
  readonly lowestQuality: number;
  /** Enrol whoever wears the watch for as long as there is no such template. */
  readonly autoEnrol?: { readonly subject: string; readonly goal: EnrolmentGoal };
}

/** Samples that go into one record. */
export const RECORD_SAMPLES = 1024;
/** Longest name of a person, in bytes of UTF-8, that the firmware as it stands can hold. */
export const SUBJECT_BYTES = 31;

const encoder = new TextEncoder();
const nothing = new Uint8Array(0);

export function startRecord(settings: WatchSettings): Uint8Array {
  const { threshold, autoEnrol, clockUnsynchronised = false, lowBattery = 0, windows = 0 } = settings;
  const payload = new PayloadWriter()
    .uint(settings.rateMilliHertz, 4)
    .uint(settings.scaleNanovolts, 4)
    .uint(settings.streamId, 4)
    .uint(settings.startTimeUs, 8)
    .uint(settings.frameSamples, 2)
    .uint((clockUnsynchronised ? 1 : 0) + (threshold === undefined ? 0 : 2), 1)
    .uint(lowBattery, 1)
    .uint(threshold?.metric === 'euclidean' ? 1 : 0, 1)
    .uint(windows, 1)
    .float(threshold === undefined ? 0 : float32Threshold(threshold))
    .float(settings.lowestQuality);
  writeGoal(payload, autoEnrol?.goal ?? { seconds: 0, windows: 1 });
  if (autoEnrol) payload.raw(subjectBytes(autoEnrol.subject));
  return encodeRecord(TO_WATCH.start, payload.bytes);
}

/** @returns records of at most `RECORD_SAMPLES` steps of the converter each. */
export function sampleRecords(steps: Int16Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let from = 0; from < steps.length; from += RECORD_SAMPLES) {
    const part = steps.subarray(from, from + RECORD_SAMPLES);
    const bytes = new Uint8Array(2 * part.length);
    const view = new DataView(bytes.buffer);
    part.forEach((step, i) => {
      view.setInt16(2 * i, step, true);
    });
    records.push(encodeRecord(TO_WATCH.samples, bytes));
  }
  return records;
}

export const contactRecord = (hasContact: boolean): Uint8Array =>
  encodeRecord(TO_WATCH.contact, Uint8Array.of(hasContact ? 1 : 0));

/** @param samples of the converter that are missing before the next one, at least 1. */
export const gapRecord = (samples: number): Uint8Array =>
  encodeRecord(TO_WATCH.gap, new PayloadWriter().uint(samples, 4).bytes);

/** @param percent 0 to 100. */
export const batteryRecord = (percent: number): Uint8Array => encodeRecord(TO_WATCH.battery, Uint8Array.of(percent));

/** @throws FirmwareError for a name that is too long for the firmware, or empty. */
export function enrolRecord(subject: string, goal: EnrolmentGoal): Uint8Array {
  const payload = new PayloadWriter();
  writeGoal(payload, goal);
  return encodeRecord(TO_WATCH.enrol, payload.raw(subjectBytes(subject)).bytes);
}

export const cancelRecord = (): Uint8Array => encodeRecord(TO_WATCH.cancel, nothing);

/** @throws FirmwareError for a name that is too long for the firmware, or empty. */
export const forgetRecord = (subject: string): Uint8Array => encodeRecord(TO_WATCH.forget, subjectBytes(subject));

/** @param subject compare with this person alone; with everybody where not given. @throws FirmwareError as `enrolRecord`. */
export const claimRecord = (subject?: string): Uint8Array =>
  encodeRecord(TO_WATCH.claim, subject === undefined ? nothing : subjectBytes(subject));

export const saveRecord = (): Uint8Array => encodeRecord(TO_WATCH.save, nothing);

/** @param state what a `saved` event gave. */
export const loadRecord = (state: Uint8Array): Uint8Array => encodeRecord(TO_WATCH.load, state);

export const stopRecord = (): Uint8Array => encodeRecord(TO_WATCH.stop, nothing);

function writeGoal(payload: PayloadWriter, { seconds, windows }: EnrolmentGoal): void {
  payload.uint(Math.round(seconds * 1000), 4).uint(windows, 2);
}

function subjectBytes(subject: string): Uint8Array {
  const bytes = encoder.encode(subject);
  if (bytes.length > 0 && bytes.length <= SUBJECT_BYTES) return bytes;
  throw new FirmwareError(
    `"${subject}" cannot be a person's name on the watch`,
    `Give a name of 1 to ${SUBJECT_BYTES} bytes in UTF-8.`,
  );
}

/** The float32 number next to a threshold, on the side where no decision on float32 numbers changes. */
function float32Threshold({ metric, value }: NonNullable<WatchSettings['threshold']>): number {
  const nearest = Math.fround(value);
  const isRight = metric === 'cosine' ? nearest >= value : nearest <= value;
  if (isRight || Number.isNaN(value)) return nearest;
  const bits = new Int32Array(Float32Array.of(nearest).buffer);
  bits[0] = bits[0]! + (nearest > 0 === (metric === 'cosine') ? 1 : -1);
  return new Float32Array(bits.buffer)[0]!;
}
