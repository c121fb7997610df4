/** Every operation as C, under sanitizers, on this computer: the golden vectors. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { goldenFiles, goldenGraph, goldenInputs } from '../golden-cases.js';
import { NativeProgram, SANITIZERS } from './native-program.js';

const cases = goldenFiles().flatMap(({ operation, cases }) => cases.map((golden) => ({ operation, golden })));
const named = cases.map(({ operation, golden }, index) => ({ title: `${operation}: ${golden.name}`, golden, index }));

describeWithProgram('cc', 'golden vectors in C', (compiler) => {
  let program: NativeProgram;
  beforeAll(() => {
    const graphs = cases.map(({ operation, golden }) => goldenGraph(operation, golden));
    program = new NativeProgram(compiler, graphs, SANITIZERS);
  }, 300_000);
  afterAll(() => program?.remove());

  describe('to the bit', () => {
    test.each(named)('$title', ({ golden, index }) => {
      const [result] = program.run(index, [goldenInputs(golden)]);
      expect(Array.from(result!.output!)).toEqual(golden.output.data);
    });
  });
});
