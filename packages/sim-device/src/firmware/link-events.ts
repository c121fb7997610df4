/** What the firmware tells, from records of its link. */
import { FirmwareError } from './firmware-error.js';
import { FROM_WATCH, type LinkRecord, PayloadReader } from './link-records.js';

export const appStates = ['boot', 'lead-off', 'enrol', 'verify', 'low-battery'] as const;
export type AppState = (typeof appStates)[number];

/** What became of a record: `eb_app_status` of edgebeat/app/app.h. */
export const linkStatuses = [
  'ok',
  'bad-config',
  'bad-subject',
  'bad-value',
  'gallery-full',
  'not-running',
  'no-room',
  'bad-magic',
  'bad-version',
  'bad-crc',
  'other-model',
] as const;
export type LinkStatus = (typeof linkStatuses)[number];

export const firmwareDecisions = ['accepted', 'rejected', 'unknown', 'enrolling', 'undecided'] as const;
export const enrolmentStates = ['none', 'running', 'done', 'cancelled', 'failed'] as const;
export const enrolmentFailures = [
  'none',
  'contact-lost',
  'interrupted',
  'too-few-windows',
  'low-battery',
  'no-template',
] as const;
/** Why a second is poor: the firmware's bits, in the order in which packages/ecg names them. */
const reasonBits = { invalid: 16, flat: 1, clipped: 2, 'no-beats': 4, noisy: 8, 'lead-off': 32 } as const;
export type FirmwareReason = keyof typeof reasonBits;

export interface FirmwareEnrolment {
  readonly state: (typeof enrolmentStates)[number];
  readonly failure: (typeof enrolmentFailures)[number];
  readonly subject: string;
  /** How long it was to collect, s, and how many windows at least. */
  readonly goalSeconds: number;
  readonly goalWindows: number;
  readonly elapsedUs: number;
  /** Windows in the template so far, and those whose signal was too poor. */
  readonly windows: number;
  readonly refused: number;
}

export interface FirmwareCandidate {
  readonly subject: string;
  readonly score: number;
}

/** `sequence` is that of the frame that holds the last sample needed; times are µs of the stream. */
export type FirmwareEvent =
  | { readonly kind: 'done'; readonly record: number; readonly status: LinkStatus }
  | {
      readonly kind: 'started';
      readonly embeddingLength: number;
      /** Windows averaged for an answer. */
      readonly windows: number;
      readonly threshold: { readonly metric: 'cosine' | 'euclidean'; readonly value: number };
      readonly sha256: string;
      /** Of the app's struct, and of the network's working memory. */
      readonly appBytes: number;
      readonly memoryBytes: number;
      readonly model: string;
    }
  | { readonly kind: 'state'; readonly state: AppState }
  | {
      readonly kind: 'beat';
      readonly sequence: number;
      readonly timeUs: number;
      /** At 250 Hz since boot, missing ones counted. */
      readonly sampleIndex: number;
      /** Samples at 250 Hz since the beat before; 0 after a start or a gap. */
      readonly rr: number;
      /** Beats per minute; 0 while there are too few. */
      readonly heartRate: number;
      readonly quality: number;
    }
  | {
      readonly kind: 'identity';
      readonly sequence: number;
      readonly timeUs: number;
      readonly decision: (typeof firmwareDecisions)[number];
      /** Windows averaged; 0 where none was looked at. */
      readonly windows: number;
      /** Best score; null without candidates. */
      readonly score: number | null;
      readonly subject: string | null;
      readonly candidates: readonly FirmwareCandidate[];
      readonly enrolment: FirmwareEnrolment | undefined;
    }
  | {
      readonly kind: 'quality';
      readonly sequence: number;
      readonly timeUs: number;
      readonly sqi: number;
      readonly reasons: readonly FirmwareReason[];
    }
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'saved'; readonly state: Uint8Array }
  /** What a board counted, by the keys of `firmware-templates/boards/watch/main.c`. */
  | { readonly kind: 'measured'; readonly values: ReadonlyMap<number, number> };

export type FirmwareEventOf<Kind extends FirmwareEvent['kind']> = Extract<FirmwareEvent, { kind: Kind }>;

type Decoder = (payload: PayloadReader) => FirmwareEvent;

const decoders: Readonly<Record<number, Decoder>> = {
  [FROM_WATCH.done]: (payload) => ({
    kind: 'done',
    record: payload.uint(1),
    status: pick(linkStatuses, payload.uint(1)),
  }),
  [FROM_WATCH.started]: decodeStarted,
  [FROM_WATCH.state]: (payload) => ({ kind: 'state', state: pick(appStates, payload.uint(1)) }),
  [FROM_WATCH.beat]: (payload) => ({
    kind: 'beat',
    sequence: payload.uint(4),
    timeUs: payload.uint(8),
    sampleIndex: payload.uint(8),
    rr: payload.uint(4),
    heartRate: payload.float(),
    quality: payload.float(),
  }),
  [FROM_WATCH.identity]: decodeIdentity,
  [FROM_WATCH.quality]: (payload) => ({
    kind: 'quality',
    sequence: payload.uint(4),
    timeUs: payload.uint(8),
    sqi: payload.float(),
    reasons: reasonsOf(payload.uint(4)),
  }),
  [FROM_WATCH.frame]: (payload) => ({ kind: 'frame', bytes: payload.raw(payload.left) }),
  [FROM_WATCH.saved]: (payload) => ({ kind: 'saved', state: payload.raw(payload.left) }),
  [FROM_WATCH.measured]: decodeMeasured,
};

/** @throws FirmwareError for a record that is none of the link's. */
export function decodeEvent({ type, payload }: LinkRecord): FirmwareEvent {
  const decode = decoders[type];
  if (decode) return decode(new PayloadReader(payload));
  throw notOurs(`a record of type ${type}`);
}

function decodeStarted(payload: PayloadReader): FirmwareEvent {
  const [embeddingLength, windows, value] = [payload.uint(2), payload.uint(2), payload.float()];
  const metric = payload.uint(1) === 0 ? 'cosine' : 'euclidean';
  const sha256 = Array.from(payload.raw(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const [appBytes, memoryBytes] = [payload.uint(4), payload.uint(4)];
  const model = new TextDecoder().decode(payload.raw(payload.left));
  return {
    kind: 'started',
    embeddingLength,
    windows,
    threshold: { metric, value },
    sha256,
    appBytes,
    memoryBytes,
    model,
  };
}

function decodeIdentity(payload: PayloadReader): FirmwareEvent {
  const [sequence, timeUs] = [payload.uint(4), payload.uint(8)];
  const decision = pick(firmwareDecisions, payload.uint(1));
  const [windows, score, subject] = [payload.uint(2), payload.float(), payload.text()];
  const candidates = Array.from({ length: payload.uint(1) }, () => ({
    subject: payload.text(),
    score: payload.float(),
  }));
  const enrolment = decodeEnrolment(payload);
  return {
    ...{ kind: 'identity', sequence, timeUs, decision, windows, candidates },
    score: candidates.length > 0 ? score : null,
    subject: subject === '' ? null : subject,
    enrolment: enrolment.state === 'none' ? undefined : enrolment,
  };
}

function decodeEnrolment(payload: PayloadReader): FirmwareEnrolment {
  const [state, failure] = [pick(enrolmentStates, payload.uint(1)), pick(enrolmentFailures, payload.uint(1))];
  const [goalMs, goalWindows, elapsedUs] = [payload.uint(4), payload.uint(2), payload.uint(8)];
  const [windows, refused, subject] = [payload.uint(2), payload.uint(2), payload.text()];
  return { state, failure, subject, goalSeconds: goalMs / 1000, goalWindows, elapsedUs, windows, refused };
}

function decodeMeasured(payload: PayloadReader): FirmwareEvent {
  const values = new Map<number, number>();
  while (payload.left > 0) values.set(payload.uint(1), payload.uint(8));
  return { kind: 'measured', values };
}

function reasonsOf(bits: number): FirmwareReason[] {
  return (Object.keys(reasonBits) as FirmwareReason[]).filter((reason) => bits & reasonBits[reason]);
}

function pick<T>(names: readonly T[], index: number): T {
  const name = names[index];
  if (name !== undefined) return name;
  throw notOurs(`the unknown value ${index}`);
}

function notOurs(what: string): FirmwareError {
  return new FirmwareError(`the watch sent ${what}`, 'Build the firmware of this version of edgebeat.');
}
