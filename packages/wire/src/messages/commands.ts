/** `…/cmd`: what the gateway is asked to do about a device. Strict: a key that is not understood is refused. */
import * as v from 'valibot';
import { header, positiveField, subjectField } from './fields.js';

const commandFields = {
  ...header('cmd'),
  /** Whatever the sender likes; a command that comes twice with the same id is carried out once. */
  id: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
};

export const commandSchema = v.variant('command', [
  /** Make a template of whoever wears the device now. */
  v.strictObject({
    ...commandFields,
    command: v.literal('enroll'),
    subject: subjectField,
    /** How long to collect beats. */
    seconds: v.optional(v.pipe(positiveField, v.maxValue(3600))),
  }),
  /** Give up the enrolment that is running. */
  v.strictObject({ ...commandFields, command: v.literal('cancel-enroll') }),
  /** Delete a person's template. */
  v.strictObject({ ...commandFields, command: v.literal('forget'), subject: subjectField }),
]);

export type CommandMessage = v.InferOutput<typeof commandSchema>;
