/** Constants as a weights manifest and binary shards, the way TensorFlow.js reads them. */
import { elementCount, halfOf } from '@edgebeat/graph';
import type { Weight } from './graph-writer.js';
import type { TfType } from './node-def.js';

/** Bytes of a shard, as TensorFlow's converter cuts them: browsers keep files of that size in their caches. */
const SHARD_BYTES = 4 * 1024 * 1024;

/** Beyond it float16 has no finite number. */
const HIGHEST_HALF = 65504;

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: TfType;
  readonly quantization?: { readonly dtype: 'float16'; readonly original_dtype: 'float32' };
}

export interface WeightsGroup {
  /** Files whose bytes, one after the other, are those of the weights. */
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

/**
 * Lays out the weights one after the other, little-endian, and cuts that into shards.
 *
 * @param float16 whether float32 tensors of more than one element are stored as float16, where it holds all their numbers
 */
export function writeWeights(
  weights: readonly Weight[],
  float16: boolean,
): { manifest: readonly WeightsGroup[]; shards: Map<string, Uint8Array> } {
  const parts = weights.map((weight) => (float16 && fitsHalf(weight) ? halved(weight) : whole(weight)));
  const total = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const all = new Uint8Array(total);
  let at = 0;
  for (const { bytes } of parts) {
    all.set(bytes, at);
    at += bytes.length;
  }
  const count = Math.max(1, Math.ceil(total / SHARD_BYTES));
  const shards = new Map<string, Uint8Array>();
  for (let index = 0; index < count; index++) {
    const name = `group1-shard${index + 1}of${count}.bin`;
    shards.set(name, all.slice(index * SHARD_BYTES, (index + 1) * SHARD_BYTES));
  }
  return { manifest: [{ paths: [...shards.keys()], weights: parts.map(({ spec }) => spec) }], shards };
}

interface Part {
  readonly spec: WeightSpec;
  readonly bytes: Uint8Array;
}

function whole({ name, shape, dtype, data }: Weight): Part {
  return { spec: { name, shape, dtype }, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function fitsHalf({ dtype, shape, data }: Weight): boolean {
  return dtype === 'float32' && elementCount(shape) > 1 && data.every((value) => Math.abs(value) <= HIGHEST_HALF);
}

function halved({ name, shape, dtype, data }: Weight): Part {
  const halves = Uint16Array.from(data as Float32Array, halfOf);
  return {
    spec: { name, shape, dtype, quantization: { dtype: 'float16', original_dtype: 'float32' } },
    bytes: new Uint8Array(halves.buffer),
  };
}
