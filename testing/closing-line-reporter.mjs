/** Jest reporter of `npm test`: names the skipped tests, and ends with one plain line of totals on standard output. */
import { relative } from 'node:path';

export default class ClosingLineReporter {
  constructor(globalConfig) {
    /** With `-t PATTERN` the tests left out are what was asked for, and need no naming. */
    this.namesSkipped = !globalConfig.testNamePattern;
    this.rootDir = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    const lines = this.namesSkipped ? results.testResults.flatMap((file) => this.skippedTests(file)) : [];
    // A file that does not even load has no tests to count, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    lines.push(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  skippedTests(file) {
    return file.testResults
      .filter((test) => test.status === 'pending')
      .map((test) => `skipped: ${relative(this.rootDir, file.testFilePath)}: ${test.fullName}`);
  }
}
