/** Every operation alone: the file is what was meant, and TFLite's interpreters compute what the integer interpreter does. */

import { describe, expect, test } from '@jest/globals';
import {
  type Tensors,
  type TfliteInterpreterName,
  tfliteInterpreters,
} from '../../src/backends/tflite/interpreters.js';
import { describeTflite, IntegerInterpreter, toTflite } from '../../src/index.js';
import type { Case } from '../tflite-cases/case.js';
import { realArithmetic } from '../tflite-cases/float.js';
import { CASES } from '../tflite-cases/index.js';
import { randomInputs } from './integer-graphs.js';

const RUNS = 4;

const all: [string, readonly Case[]][] = [...Object.entries(CASES), ['Arithmetic', realArithmetic]];

describe.each(all)('%s', (_, cases) => {
  test.each(cases)('$title: operators', ({ graph, operators }) => {
    expect(describeTflite(toTflite(graph)).operators.map(({ operator }) => operator)).toEqual(operators);
  });

  test.each(
    cases.flatMap((one) =>
      (Object.keys(tfliteInterpreters) as TfliteInterpreterName[]).map((engine) => ({ ...one, engine })),
    ),
  )('$title: $engine', async ({ graph, within = 0, engine }) => {
    const interpreter = await tfliteInterpreters[engine]!(toTflite(graph));
    const norm = new IntegerInterpreter(graph);
    for (let seed = 1; seed <= RUNS; seed++) {
      const inputs = randomInputs(graph, seed);
      expect(greatestDifference(await interpreter.run(inputs), norm.run(inputs))).toBeLessThanOrEqual(within);
    }
  });
});

/** Of codes in steps, of real numbers as a share of the expected one. */
function greatestDifference(actual: Tensors, expected: Tensors): number {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  return Math.max(
    ...Object.entries(expected).flatMap(([name, values]) => {
      expect(actual[name]).toHaveLength(values.length);
      return Array.from(values, (value, i) => {
        const difference = Math.abs(actual[name]![i]! - value);
        return values instanceof Float32Array ? difference / Math.max(Math.abs(value), 0.1) : difference;
      });
    }),
  );
}
