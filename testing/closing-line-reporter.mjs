/** Jest reporter of `npm test`: names the skipped tests, and ends with one plain line of totals on standard output. */
import { relative } from 'node:path';

export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const lines = [];
    for (const file of results.testResults) {
      for (const test of file.testResults) {
        if (test.status === 'pending') lines.push(`skipped: ${relative('', file.testFilePath)}: ${test.fullName}`);
      }
    }
    // A file that does not even load has no tests to count, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    lines.push(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
