/** `…/status`: the state of a device, retained. */
import { z } from 'zod';
import { deviceField, header, timeField, u32Field } from './fields.js';

/**
 * - `init`: connected, not streaming yet
 * - `ready`: streaming
 * - `sleeping`: connected or not, will come back by itself
 * - `disconnected`: gone in good order
 * - `lost`: gone without a word; published by the broker as the last will
 */
export const deviceStates = ['init', 'ready', 'sleeping', 'disconnected', 'lost'] as const;

export const statusSchema = z.object({
  ...header('status'),
  device: deviceField,
  state: z.enum(deviceStates),
  /** Stream that the device sends or sent. */
  streamId: u32Field.nullable(),
  /** When the device said so; null in a last will, which is written before its time comes. */
  timeUs: timeField.nullable(),
  /** What runs on the device: firmware and version, or the kind of simulation. */
  software: z.string().max(128).optional(),
});

export type DeviceState = (typeof deviceStates)[number];
export type StatusMessage = z.infer<typeof statusSchema>;
