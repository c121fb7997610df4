/** What the gateway's session answers to the frames of a watch, with the integer interpreter in place of an engine. */
import { type IntegerGraph, readIntegerGraph } from '@edgebeat/exporter';
import { encodeModel, type Model } from '@edgebeat/graph';
import { MemoryTemplateStore, type Threshold } from '@edgebeat/identity';
import { DeviceSession, Gallery, IdentityModel, Recognizer, type SessionResult } from '@edgebeat/runtime';
import { integerEngine } from './integer-engine.js';

export interface GatewaySettings {
  readonly device: string;
  readonly threshold: Threshold;
  /** Windows averaged for an answer. */
  readonly windows: number;
  readonly lowestQuality: number;
  readonly autoEnrol?: { readonly subject: string; readonly seconds: number };
}

/** @param frames whole frames, in order. @returns every result, in the session's order. */
export async function gatewayAnswers(
  int8: Model,
  frames: readonly Uint8Array[],
  { device, ...options }: GatewaySettings,
): Promise<SessionResult[]> {
  const graph: IntegerGraph = readIntegerGraph(int8);
  const model = await IdentityModel.load(encodeModel(int8), integerEngine(graph));
  const recognizer = new Recognizer(model, await Gallery.open(new MemoryTemplateStore(), model.reference), options);
  const results: SessionResult[] = [];
  const session = new DeviceSession({
    device,
    recognizer,
    normalize: model.normalize,
    emit: (result) => results.push(result),
  });
  for (const frame of frames) await session.handle(frame);
  await session.flush();
  return results;
}
