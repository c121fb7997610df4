/** Fields that several messages share. */
import * as v from 'valibot';
import { isDeviceId } from '../topics.js';

export const finiteField = v.pipe(v.number(), v.finite());

export const positiveField = v.pipe(finiteField, v.gtValue(0));

/** A count: a whole number from 0 on that a JSON number carries exactly. */
export const countField = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const deviceField = v.pipe(v.string(), v.check(isDeviceId, 'is no device id'));

/** u32 of the frame format. */
export const u32Field = v.pipe(countField, v.maxValue(0xffffffff));

/** µs in the time of the stream's frames; a safe integer, so a JSON number carries it exactly. */
export const timeField = countField;

export const fractionField = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Who somebody is, in the words of whoever enrolled them. */
export const subjectField = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/**
 * What every result begins with. `(device, streamId, sequence)` and the result's own time make a repeat recognisable:
 * `sequence` is that of the frame which holds the last sample that the result needed.
 */
export const resultFields = {
  device: deviceField,
  streamId: u32Field,
  sequence: u32Field,
  /** Present where the device says that its clock was never set: times are consistent within the stream only. */
  clockUnsynchronised: v.optional(v.literal(true)),
};

/** `schema` and `version`: first keys of every message. A receiver ignores keys that it does not know. */
export function header<const Kind extends string>(kind: Kind) {
  return { schema: v.literal(`edgebeat.${kind}` as const), version: v.literal(1) };
}
