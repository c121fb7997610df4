/** `…/cmd`: what the gateway is asked to do about a device. Strict: a key that is not understood is refused. */
import { header, subjectField } from './fields.js';
import { type Infer, oneOf, optional, positive, strictObject, string, variants } from './schema.js';

const commandFields = {
  ...header('cmd'),
  /** Whatever the sender likes; a command that comes twice with the same id is carried out once. */
  id: optional(string(1, 64)),
};

export const commandSchema = variants('command', {
  /** Make a template of whoever wears the device now. */
  enroll: strictObject({
    ...commandFields,
    command: oneOf('enroll'),
    subject: subjectField,
    /** How long to collect beats. */
    seconds: optional(positive(3600)),
  }),
  /** Give up the enrolment that is running. */
  'cancel-enroll': strictObject({ ...commandFields, command: oneOf('cancel-enroll') }),
  /** Delete a person's template. */
  forget: strictObject({ ...commandFields, command: oneOf('forget'), subject: subjectField }),
});

export type CommandMessage = Infer<typeof commandSchema>;
