/** `…/status`: a device that went away will not send what its session still waits for. */
import { decodeMessage, MessageError } from '@edgebeat/wire';
import type { Handler } from './handler.js';

export const handleStatus: Handler = async (context, id, payload) => {
  try {
    const { state } = decodeMessage('status', payload);
    if (state === 'disconnected' || state === 'lost') await context.knownDevice(id)?.session.flush();
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    context.warn(error);
  }
};
