/** The golden vectors: that they are there for every operation, and that the interpreter still gives what they say. */
import { describe, expect, test } from '@jest/globals';
import { OPERATION_NAMES } from '../../src/integer/operations.js';
import { IntegerInterpreter } from '../../src/interpreter/integer-interpreter.js';
import { goldenFiles, goldenGraph, goldenInputs } from '../golden-cases.js';

const vectors = goldenFiles();

test('every operation has a file, and each is small', () => {
  expect(vectors.map(({ operation }) => operation).sort()).toEqual([...OPERATION_NAMES].sort());
  expect(vectors.filter(({ bytes }) => bytes > 20_000).map(({ name }) => name)).toEqual([]);
});

describe.each(vectors)('$operation', ({ operation, cases }) => {
  test.each(cases)('$name', (golden) => {
    const interpreter = new IntegerInterpreter(goldenGraph(operation, golden));
    expect(Array.from(interpreter.run(goldenInputs(golden)).output!)).toEqual(golden.output.data);
  });
});
