/** The ring between the converter's interrupt and the main loop, under sanitizers. */
import { expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { HostProgram, sanitizerFlags } from '../../src/firmware/host-program.js';

describeWithProgram('cc', 'sample ring in C', (compiler) => {
  test('keeps order, loses nothing that it took, between two threads as well', () => {
    const program = new HostProgram('sample-fifo-test', sanitizerFlags, compiler);
    try {
      expect(program.start('7', '1000000')).toBe('1000000 samples in order\n');
    } finally {
      program.remove();
    }
  });
});
