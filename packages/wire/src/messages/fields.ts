/** Fields that several messages share. */
import { isDeviceId } from '../topics.js';
import { number, oneOf, optional, refined, string, whole } from './schema.js';

export const deviceField = refined(string(), isDeviceId, 'is no device id');

/** u32 of the frame format. */
export const u32Field = whole(0, 0xffffffff);

/** µs in the time of the stream's frames; a safe integer, so a JSON number carries it exactly. */
export const timeField = whole(0);

export const fractionField = number(0, 1);

/** Who somebody is, in the words of whoever enrolled them. */
export const subjectField = string(1, 128);

/**
 * What every result begins with. `(device, streamId, sequence)` and the result's own time make a repeat recognisable:
 * `sequence` is that of the frame which holds the last sample that the result needed.
 */
export const resultFields = {
  device: deviceField,
  streamId: u32Field,
  sequence: u32Field,
  /** Present where the device says that its clock was never set: times are consistent within the stream only. */
  clockUnsynchronised: optional(oneOf(true)),
};

/** `schema` and `version`: first keys of every message. A receiver ignores keys that it does not know. */
export function header<const Kind extends string>(kind: Kind) {
  return { schema: oneOf(`edgebeat.${kind}` as const), version: oneOf(1) };
}
