/** From a record on disk to the identity windows a model wants, through the same signal path that serves. */
import { beatLead, beatLength, beatsPerWindow, openRecord, sampleRate, segmentChannel } from '@edgebeat/ecg';
import type { IdentityModelMetadata } from '../inference/embedding-model.js';
import { InferenceError } from '../inference/inference-error.js';
import type { DataSetRecord } from './data-set.js';

/** Beats from one window to the next such that windows share no beat: neighbours are then not the same evidence twice. */
const STRIDE = beatsPerWindow;

/** @throws InferenceError when the signal path does not cut windows such as the model wants. */
export function requireStandardWindows(name: string, { rate, window }: IdentityModelMetadata): void {
  const { beats, before, after } = window;
  const after0 = beatLength - beatLead;
  if (rate !== sampleRate || beats !== beatsPerWindow || before !== beatLead || after !== after0) {
    throw new InferenceError(
      `${name} wants ${beats} beats of ${before} + ${after} samples at ${rate} Hz`,
      `The signal path cuts ${beatsPerWindow} beats of ${beatLead} + ${after0} samples at ${sampleRate} Hz: train on those.`,
    );
  }
}

/**
 * The windows of a record's first channel, in order, none sharing a beat with another.
 *
 * @returns each `[3, 300]`, row by row, normalised as the model wants; empty where no three consecutive beats were found.
 * @throws RecordError for a record that cannot be read.
 */
export async function identityWindows(
  record: DataSetRecord,
  { normalize }: IdentityModelMetadata,
): Promise<Float32Array[]> {
  const { channels, gaps } = await openRecord(record.path);
  const segments = segmentChannel(channels[0]!, gaps, { identity: { normalize, stride: STRIDE } });
  return segments.flatMap((segment) => segment.identityWindows.map((window) => window.samples));
}
