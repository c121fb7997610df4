/** `…/status`: the state of a device, retained. */
import { deviceField, header, timeField, u32Field } from './fields.js';
import { type Infer, nullable, object, oneOf, optional, string } from './schema.js';

/**
 * - `init`: connected, not streaming yet
 * - `ready`: streaming
 * - `sleeping`: connected or not, will come back by itself
 * - `disconnected`: gone in good order
 * - `lost`: gone without a word; published by the broker as the last will
 */
export const deviceStates = ['init', 'ready', 'sleeping', 'disconnected', 'lost'] as const;

export const statusSchema = object({
  ...header('status'),
  device: deviceField,
  state: oneOf(...deviceStates),
  /** Stream that the device sends or sent. */
  streamId: nullable(u32Field),
  /** When the device said so; null in a last will, which is written before its time comes. */
  timeUs: nullable(timeField),
  /** What runs on the device: firmware and version, or the kind of simulation. */
  software: optional(string(0, 128)),
});

export type DeviceState = (typeof deviceStates)[number];
export type StatusMessage = Infer<typeof statusSchema>;
