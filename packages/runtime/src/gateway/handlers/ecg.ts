/** `…/ecg`: frames to the device's session. */
import { decodeFrame } from '@edgebeat/wire';
import type { Handler } from './handler.js';

export const handleEcg: Handler = async (context, id, payload) => {
  const arrived = context.arrival();
  // Bytes that are no frame make no device: decoding says why.
  if (!context.knownDevice(id)) decodeFrame(payload);
  const { session, losses } = context.device(id);
  try {
    const answers = await session.handle(payload);
    const latency = performance.now() - arrived;
    for (let i = 0; i < answers; i++) context.latency.add(latency);
  } finally {
    const loss = losses.update(session.counters);
    if (loss) context.warn(loss);
  }
};
