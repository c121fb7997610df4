/** The committed `baseline-cosine`, windows to feed it, and what it must answer, computed without any engine. */
import { readFileSync } from 'node:fs';
import type { EngineName, InferenceEngine, ModelBytes } from '../../src/engine/index.js';
import { tfjsModel } from './baseline-cosine-tfjs.js';

export const modelUrl = new URL('../../../models/weights/baseline-cosine.onnx', import.meta.url);

export function model(): Uint8Array {
  return new Uint8Array(readFileSync(modelUrl));
}

/** The model in the form that an engine takes. */
export function modelFor(engine: EngineName): ModelBytes {
  return engine === 'tfjs' ? tfjsModel() : model();
}

/** Largest difference allowed to the computation in float64: elements of an embedding are below 1, float32 keeps 24 bits. */
export const TOLERANCE = 1e-6;

/** Windows [count, 3, 300] of three slightly different beats each: a QRS-like peak and a slow wave, another shape per window. */
export function windows(count: number): Float32Array {
  return Float32Array.from({ length: count * 900 }, (_, at) => {
    const window = Math.floor(at / 900);
    const beat = Math.floor(at / 300) % 3;
    const time = (at % 300) - 150 - beat;
    return Math.exp(-((time / (8 + window)) ** 2)) + 0.2 * Math.sin((time * (window + 1)) / 40) + 0.05 * beat;
  });
}

/** The embedding of each window in float64, straight from the definition. */
export function expectedEmbeddings(beats: Float32Array): number[][] {
  return Array.from({ length: beats.length / 900 }, (_, window) => {
    const mean = Array.from({ length: 300 }, (_, index) => {
      const at = window * 900 + index;
      return (beats[at]! + beats[at + 300]! + beats[at + 600]!) / 3;
    });
    const level = mean.reduce((sum, value) => sum + value, 0) / 300;
    const centred = mean.map((value) => value - level);
    const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 1e-8));
    return centred.map((value) => value / norm);
  });
}

/** Loads the model into an engine, runs it once and closes it. */
export async function embeddings(engine: InferenceEngine, bytes: ModelBytes, beats: Float32Array): Promise<number[]> {
  const session = await engine.load(bytes);
  try {
    const { embedding } = await session.run({ beats: { data: beats, shape: [beats.length / 900, 3, 300] } });
    return Array.from(embedding!.data as Float32Array);
  } finally {
    await session.close();
  }
}

/** Largest absolute difference between two lists of the same length. */
export function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  return actual.reduce((largest, value, index) => Math.max(largest, Math.abs(value - expected[index]!)), 0);
}
