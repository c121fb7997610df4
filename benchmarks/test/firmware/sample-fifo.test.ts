/** The ring between the converter's interrupt and the main loop, under sanitizers. */
import { expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { CoreTestProgram, sanitizerFlags } from '../../src/firmware/core-test-program.js';

describeWithProgram('cc', 'sample ring in C', (compiler) => {
  test('keeps order, loses nothing that it took, between two threads as well', () => {
    const program = new CoreTestProgram('sample-fifo-test', { flags: sanitizerFlags, compiler });
    try {
      expect(program.start('7', '1000000')).toBe('1000000 samples in order\n');
    } finally {
      program.remove();
    }
  });
});
