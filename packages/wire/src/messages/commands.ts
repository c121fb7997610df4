/** `…/cmd`: what the gateway is asked to do about a device. Strict: a key that is not understood is refused. */
import { z } from 'zod';
import { header, subjectField } from './fields.js';

const commandFields = {
  ...header('cmd'),
  /** Whatever the sender likes; a command that comes twice with the same id is carried out once. */
  id: z.string().min(1).max(64).optional(),
};

export const commandSchema = z.discriminatedUnion('command', [
  /** Make a template of whoever wears the device now. */
  z.strictObject({
    ...commandFields,
    command: z.literal('enroll'),
    subject: subjectField,
    /** How long to collect beats. */
    seconds: z.number().positive().max(3600).optional(),
  }),
  /** Give up the enrolment that is running. */
  z.strictObject({ ...commandFields, command: z.literal('cancel-enroll') }),
  /** Delete a person's template. */
  z.strictObject({ ...commandFields, command: z.literal('forget'), subject: subjectField }),
]);

export type CommandMessage = z.infer<typeof commandSchema>;
