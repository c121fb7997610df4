/** `…/status`: the state of a device, retained. */
import * as v from 'valibot';
import { deviceField, header, timeField, u32Field } from './fields.js';

/**
 * - `init`: connected, not streaming yet
 * - `ready`: streaming
 * - `sleeping`: connected or not, will come back by itself
 * - `disconnected`: gone in good order
 * - `lost`: gone without a word; published by the broker as the last will
 */
export const deviceStates = ['init', 'ready', 'sleeping', 'disconnected', 'lost'] as const;

export const statusSchema = v.object({
  ...header('status'),
  device: deviceField,
  state: v.picklist(deviceStates),
  /** Stream that the device sends or sent. */
  streamId: v.nullable(u32Field),
  /** When the device said so; null in a last will, which is written before its time comes. */
  timeUs: v.nullable(timeField),
  /** What runs on the device: firmware and version, or the kind of simulation. */
  software: v.optional(v.pipe(v.string(), v.maxLength(128))),
});

export type DeviceState = (typeof deviceStates)[number];
export type StatusMessage = v.InferOutput<typeof statusSchema>;
