/** Layouts: the algebra, the steps from one to another, and what becomes of constants. */
import { describe, expect, test } from '@jest/globals';
import { conversion, inLayout } from '../../src/backends/tflite/layout/conversion.js';
import {
  beforeTranspose,
  channelsLast,
  isSameBytes,
  isSameTensor,
  type Layout,
  natural,
  rows,
  shapeInFile,
  spreading,
  transposed,
  UNIT,
  withoutAxes,
} from '../../src/backends/tflite/layout/layout.js';

describe('shapes in the file', () => {
  test.each([
    ['a signal with its channels last', channelsLast(3), [1, 3, 300], [1, 1, 300, 3]],
    ['an image with its channels last', channelsLast(4), [1, 3, 8, 9], [1, 8, 9, 3]],
    ['a row', rows(2), [1, 64], [1, 1, 1, 64]],
    ['rows', rows(3), [1, 22, 64], [1, 1, 22, 64]],
    ['a vector', rows(1), [64], [1, 1, 1, 64]],
    ['a single number', rows(0), [], [1, 1, 1, 1]],
  ])('%s', (_, layout, shape, expected) => {
    expect(shapeInFile(layout, shape)).toEqual(expected);
  });
});

describe('the same bytes', () => {
  test('dimensions of size 1 do not count', () => {
    expect(isSameBytes(natural(3), channelsLast(3), [1, 1, 300])).toBe(true);
    expect(isSameBytes(natural(3), channelsLast(3), [1, 64, 1])).toBe(true);
    expect(isSameBytes(natural(3), channelsLast(3), [1, 3, 300])).toBe(false);
  });

  test('the same tensor has the same shape, too', () => {
    expect(isSameTensor(natural(3), channelsLast(3), [1, 1, 300])).toBe(false);
    expect(isSameTensor([0, 2, UNIT, 1], channelsLast(3), [1, 64, 1])).toBe(true);
  });
});

test('Transpose renames dimensions, and back', () => {
  const layout = channelsLast(3);
  expect(transposed(layout, [0, 2, 1])).toEqual([0, UNIT, 1, 2]);
  expect(beforeTranspose(transposed(layout, [2, 0, 1]), [2, 0, 1])).toEqual(layout);
});

test('dimensions that went away leave units', () => {
  expect(withoutAxes(channelsLast(3), [2])).toEqual([0, UNIT, UNIT, 1]);
});

test('inputs of lower rank spread from the last dimension on', () => {
  expect(spreading(channelsLast(3), 3, 1)).toEqual([UNIT, UNIT, 0, UNIT]);
  expect(spreading(channelsLast(3), 3, 2)).toEqual([UNIT, UNIT, 1, 0]);
});

describe('conversions', () => {
  test.each<[string, Layout, Layout, number[], string[]]>([
    ['nothing to do', natural(3), natural(3), [1, 3, 8], []],
    ['units alone', natural(3), rows(3), [1, 22, 64], ['reshape']],
    ['channels last', natural(4), channelsLast(4), [1, 3, 8, 9], ['transpose']],
    ['channels last and a unit', natural(3), channelsLast(3), [1, 3, 300], ['reshape', 'transpose']],
    ['one channel', natural(3), channelsLast(3), [1, 1, 300], ['reshape']],
    ['and back', channelsLast(3), natural(3), [1, 3, 300], ['reshape', 'transpose']],
    ['heads', [0, 2, 1, 3], natural(4), [1, 2, 22, 32], ['transpose']],
    ['five dimensions', [2, 0, 1, 4, 3], natural(5), [3, 1, 4, 5, 6], ['transpose']],
  ])('%s', (_, from, to, shape, kinds) => {
    const steps = conversion(from, to, shape);
    expect(steps.map(({ kind }) => kind)).toEqual(kinds);
    // The steps, carried out on a constant in the first layout, give that constant in the second.
    const elements = Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
    let data = inLayout(elements, shape, from);
    let sizes = shapeInFile(from, shape);
    for (const step of steps) {
      if (step.kind === 'transpose') data = inLayout(data, sizes, step.perm);
      sizes = [...step.shape];
    }
    expect(sizes).toEqual(shapeInFile(to, shape));
    expect(data).toEqual(inLayout(elements, shape, to));
  });
});
