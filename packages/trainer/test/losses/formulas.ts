/** What several losses are made of, in float64 as the papers write it. */
import { RandomGenerator } from '../../src/random/random-generator.js';
import type { Rows } from './run-graph.js';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Probabilities of scores. */
export function softmax(scores: readonly number[]): number[] {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

export function euclidean(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, index) => value - b[index]!));
}

export const scaled = (rows: Rows, factor: number): Rows => rows.map((row) => row.map((value) => factor * value));

/** Normal deviates that float32 holds. */
export function randomRows(seed: string, count: number, width: number): Rows {
  const random = new RandomGenerator(seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => Math.fround(random.normal())));
}
