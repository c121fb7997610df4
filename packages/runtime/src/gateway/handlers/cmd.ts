/** `…/cmd`: enrol the wearer, give an enrolment up, forget a person. */
import { IdentityError } from '@edgebeat/identity';
import { type CommandMessage, decodeMessage, MessageError } from '@edgebeat/wire';
import { RuntimeError } from '../../runtime-error.js';
import type { IdentityAnswer } from '../../session/recognizer.js';
import type { Device, Handler, HandlerContext } from './handler.js';

/** Stream time of an enrolment whose command states none. */
const defaultSeconds = 20;
/** Commands remembered, so that one delivered twice is carried out once. */
const rememberedCommands = 32;

export const handleCmd: Handler = async (context, id, payload) => {
  try {
    const command = decodeMessage('cmd', payload);
    const device = context.device(id);
    if (isRepeat(device, command)) return;
    await carryOut(context, device, command);
  } catch (error) {
    const isAnswerable = [MessageError, IdentityError, RuntimeError].some((kind) => error instanceof kind);
    if (!isAnswerable) throw error;
    context.warn(error as Error);
  }
};

function isRepeat(device: Device, { id }: CommandMessage): boolean {
  if (id === undefined) return false;
  if (device.commands.includes(id)) return true;
  device.commands.push(id);
  if (device.commands.length > rememberedCommands) device.commands.shift();
  return false;
}

async function carryOut(context: HandlerContext, device: Device, command: CommandMessage): Promise<void> {
  const { recognizer, session } = device;
  if (!recognizer || !context.gallery)
    throw new RuntimeError(
      `${device.id}: '${command.command}' needs a model`,
      'Start the gateway with an identity model.',
    );
  let answer: IdentityAnswer | undefined;
  if (command.command === 'enroll')
    answer = recognizer.startEnrolment(command.subject, command.seconds ?? defaultSeconds);
  else if (command.command === 'cancel-enroll') answer = recognizer.cancelEnrolment();
  else await context.gallery.delete(command.subject);
  if (answer) session.emitAnswer(answer, session.timeUs);
}
