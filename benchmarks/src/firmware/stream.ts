/** Streams for the C core's signal path, in the words that firmware-templates/core/test/signal-path-host.c reads. */
import type { Normalization, SignalPathOptions } from '@edgebeat/ecg';

/** One stream and what is to be found in it. */
export interface Stream extends SignalPathOptions {
  /** mV, or the steps of a converter. */
  readonly samples: Float32Array | Int16Array;
  /** Nanovolts of one step, for steps. */
  readonly scaleNanovolts?: number;
  /** Chooses the lengths of the chunks in which the core gets them; 0: long ones. */
  readonly chunkSeed?: number;
}

const normalizations: readonly Normalization[] = ['none', 'min-max', 'z-score'];

/** The bytes of a stream; those of several may follow each other in one file. */
export function streamBytes(stream: Stream): Uint8Array {
  const { samples, identity, activity } = stream;
  const header = Uint32Array.of(
    stream.milliHertz,
    normalizations.indexOf(identity?.normalize ?? 'none'),
    identity ? (identity.stride ?? 1) : 0,
    activity?.length ?? 0,
    activity ? Math.min(activity.hop, activity.length) : 0,
    stream.chunkSeed ?? 0,
    samples instanceof Int16Array ? 1 : 0,
    stream.scaleNanovolts ?? 0,
    samples.length,
    1,
  );
  const bytes = new Uint8Array(header.byteLength + 4 * Math.ceil(samples.byteLength / 4));
  bytes.set(new Uint8Array(header.buffer));
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), header.byteLength);
  return bytes;
}

/** The samples in millivolts, as the firmware computes them from steps. */
export function millivoltsOf({ samples, scaleNanovolts = 0 }: Stream): Float32Array {
  if (samples instanceof Float32Array) return samples;
  const perStep = Math.fround(Math.fround(scaleNanovolts) / 1e6);
  return Float32Array.from(samples, (step) => step * perStep);
}
