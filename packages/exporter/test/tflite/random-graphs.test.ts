/**
 * Operations that keep codes, one after the other as chance has it: whatever layouts meet, nothing may differ from the integer
 * interpreter. MaxPool brings the channels to the end on the way, LpNormalization and Softmax want the last dimension there.
 */
import { expect, test } from '@jest/globals';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { tfliteInterpreters } from '../../src/backends/tflite/interpreters.js';
import { type AnyOperation, IntegerInterpreter, toTflite } from '../../src/index.js';
import { codes, integerGraph, type NamelessTensor, randomInputs } from './integer-graphs.js';

const GRAPHS = 60;
const Q = [0.05, -3] as const;

/** Whole numbers by chance, from a seed. */
class Chance {
  readonly #numbers: Float32Array;
  #at = 0;

  constructor(seed: number) {
    this.#numbers = noise(4000, 7919 * seed + 1).map((x) => (x + 1) / 2);
  }

  below(count: number): number {
    return Math.min(count - 1, Math.floor(this.#numbers[this.#at++]! * count));
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  shuffled(count: number): number[] {
    const rest = Array.from({ length: count }, (_, i) => i);
    return Array.from({ length: count }, () => rest.splice(this.below(rest.length), 1)[0]!);
  }
}

type Step = { readonly shape: number[] } & Pick<AnyOperation, 'operator' | 'attributes'>;
type Move = (shape: readonly number[], chance: Chance) => Step | undefined;

const spatial = (shape: readonly number[]) => shape.length - 2;

const MOVES: readonly Move[] = [
  (shape, chance) => {
    const perm = shape.length > 4 ? [0, 2, 1, 3, 4] : chance.shuffled(shape.length);
    return { operator: 'Transpose', attributes: { perm }, shape: perm.map((axis) => shape[axis]!) };
  },
  (shape, chance) => {
    if (shape.length > 4) return undefined;
    const at = chance.below(shape.length);
    const size = shape[at]!;
    const factor = chance.of([1, 2, 3].filter((divisor) => size % divisor === 0));
    return {
      operator: 'Reshape',
      attributes: {},
      shape: [...shape.slice(0, at), factor, size / factor, ...shape.slice(at + 1)],
    };
  },
  (shape, chance) => {
    if (shape.length < 3) return undefined;
    const at = chance.below(shape.length - 1);
    return {
      operator: 'Reshape',
      attributes: {},
      shape: [...shape.slice(0, at), shape[at]! * shape[at + 1]!, ...shape.slice(at + 2)],
    };
  },
  (shape, chance) => {
    const starts = shape.map((size) => chance.below(size));
    const sizes = shape.map((size, d) => 1 + chance.below(size - starts[d]!));
    return { operator: 'Slice', attributes: { starts, steps: shape.map(() => 1) }, shape: sizes };
  },
  (shape, chance) => {
    const before = shape.map(() => chance.below(2));
    const behind = shape.map(() => chance.below(2));
    if (shape.length > 4) return undefined;
    const sizes = shape.map((size, d) => size + before[d]! + behind[d]!);
    return { operator: 'Pad', attributes: { pads: [...before, ...behind] }, shape: sizes };
  },
  (shape, chance) => {
    const axis = chance.below(shape.length);
    const indices = [chance.below(shape[axis]!), chance.below(shape[axis]!)];
    return { operator: 'Gather', attributes: { axis, indices }, shape: shape.with(axis, 2) };
  },
  (shape, chance) => {
    const axis = chance.below(shape.length);
    if (shape.length < 3 || shape.length > 4) return undefined;
    return { operator: 'ReduceMax', attributes: { axes: [axis] }, shape: shape.toSpliced(axis, 1) };
  },
  (shape) => {
    if (shape[0] !== 1 || (shape.length !== 3 && shape.length !== 4)) return undefined;
    const ones = Array<number>(spatial(shape)).fill(1);
    const attributes = { kernel: ones, strides: ones, dilations: ones, pads: [...ones, ...ones].fill(0) };
    return { operator: 'MaxPool', attributes, shape: [...shape] };
  },
  (shape) => ({ operator: 'Clip', attributes: { clamp: { least: -90, most: 100 } }, shape: [...shape] }),
];

function randomGraph(seed: number) {
  const chance = new Chance(seed);
  const tensors: Record<string, NamelessTensor> = {};
  const operations: Omit<AnyOperation, 'name'>[] = [];
  let shape: readonly number[] = chance.of([
    [1, 6, 10],
    [1, 4, 6, 5],
    [1, 12],
  ]);
  tensors.t0 = codes(shape, ...Q);
  for (let at = 1; at <= 8; at++) {
    const step = chance.of(MOVES)(shape, chance) ?? MOVES.at(-1)!(shape, chance)!;
    shape = step.shape;
    tensors[`t${at}`] = codes(shape, ...Q);
    const { operator, attributes } = step;
    operations.push({ operator, attributes, inputs: [`t${at - 1}`], outputs: [`t${at}`] } as never);
  }
  return integerGraph(tensors, ['t0'], operations as never, ['t4', 't8']);
}

test.each(Object.entries(tfliteInterpreters))('in %s', async (_, load) => {
  for (let seed = 1; seed <= GRAPHS; seed++) {
    const graph = randomGraph(seed);
    const inputs = randomInputs(graph, seed);
    const expected = new IntegerInterpreter(graph).run(inputs);
    const actual = await (await load(toTflite(graph))).run(inputs);
    expect({ seed, ...actual }).toEqual({ seed, ...expected });
  }
});
