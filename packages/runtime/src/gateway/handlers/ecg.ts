/** `…/ecg`: frames to the device's session. */
import type { Handler } from './handler.js';

export const handleEcg: Handler = async (context, id, payload) => {
  const arrived = performance.now();
  const { session } = context.device(id);
  const answers = await session.handle(payload);
  const latency = performance.now() - arrived;
  for (let i = 0; i < answers; i++) context.latency.add(latency);
};
