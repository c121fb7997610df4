/** What firmware tells, as the messages of the device's topics. */
import type { MessageBody } from '@edgebeat/wire';
import type { FirmwareEnrolment, FirmwareEvent, FirmwareEventOf } from './link-events.js';

/** What every message of a watch says, and what the firmware leaves to its surroundings. */
export interface MessageContext {
  readonly device: string;
  readonly streamId: number;
  readonly clockUnsynchronised: boolean;
  /** Of the `started` event. */
  readonly model: string;
  readonly threshold: { readonly metric: 'cosine' | 'euclidean'; readonly value: number };
}

/** A result and the kind of topic it belongs to. */
export type FirmwareMessage =
  | { readonly kind: 'beat'; readonly body: MessageBody<'beat'> }
  | { readonly kind: 'identity'; readonly body: MessageBody<'identity'> }
  | { readonly kind: 'quality'; readonly body: MessageBody<'quality'> };

/** Milliseconds of a sample at 250 Hz. */
const SAMPLE_MS = 4;

const failureReasons: Record<Exclude<FirmwareEnrolment['failure'], 'none' | 'too-few-windows'>, string> = {
  'contact-lost': 'electrode contact was lost',
  interrupted: 'the stream was interrupted',
  'low-battery': 'the battery is low',
  'no-template': 'there is no room for the template, or its windows have nothing in common',
};

/** @returns the message for a result; undefined for other events. */
export function messageOf(event: FirmwareEvent, context: MessageContext): FirmwareMessage | undefined {
  if (event.kind === 'beat') return { kind: 'beat', body: { ...common(event.sequence, context), ...beatOf(event) } };
  if (event.kind === 'quality') {
    const { timeUs: windowEndUs, sqi, reasons, sequence } = event;
    return { kind: 'quality', body: { ...common(sequence, context), windowEndUs, sqi, reasons: [...reasons] } };
  }
  if (event.kind !== 'identity') return undefined;
  return { kind: 'identity', body: { ...common(event.sequence, context), ...identityOf(event, context) } };
}

function common(sequence: number, { device, streamId, clockUnsynchronised }: MessageContext) {
  return { device, streamId, sequence, ...(clockUnsynchronised ? { clockUnsynchronised: true as const } : {}) };
}

function beatOf({ timeUs, sampleIndex, rr, heartRate, quality }: FirmwareEventOf<'beat'>) {
  return {
    rTimeUs: timeUs,
    sampleIndex,
    rrMs: rr > 0 ? rr * SAMPLE_MS : null,
    heartRate: heartRate > 0 ? heartRate : null,
    quality,
  };
}

function identityOf(event: FirmwareEventOf<'identity'>, { model, threshold }: MessageContext) {
  const { timeUs: windowEndUs, decision, subject: identity, score, windows, enrolment } = event;
  const candidates = event.candidates.map(({ subject, score }) => ({ identity: subject, score }));
  return {
    ...{ windowEndUs, decision, identity, score, metric: threshold.metric, threshold: threshold.value, model },
    ...(windows > 0 && { windows, candidates }),
    ...(enrolment && { enrolment: enrolmentOf(enrolment) }),
  };
}

function enrolmentOf({ state, failure, ...report }: FirmwareEnrolment) {
  const { subject, windows } = report;
  const whole = report.goalSeconds > 0 ? report.elapsedUs / 1e6 / report.goalSeconds : windows / report.goalWindows;
  const progress = state === 'done' ? 1 : Math.max(0, Math.min(0.99, whole));
  const told = { subject, state: state === 'none' ? ('running' as const) : state, progress, windows };
  if (failure === 'none') return told;
  const reason =
    failure === 'too-few-windows'
      ? `${windows} usable windows of ${windows + report.refused}, ${report.goalWindows} needed`
      : failureReasons[failure];
  return { ...told, reason };
}
