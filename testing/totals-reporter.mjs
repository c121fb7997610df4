/** Jest reporter of `npm test`: sends the totals and the names of skipped tests to scripts/test.mjs, which prints them last. */
import { relative } from 'node:path';

export default class TotalsReporter {
  constructor(globalConfig) {
    /** With `-t PATTERN` the tests left out are what was asked for, and need no naming. */
    this.namesSkipped = !globalConfig.testNamePattern;
    this.rootDir = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    process.send?.({
      passed: results.numPassedTests,
      // A file that does not even load has no tests to count, and is a failure all the same.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      skippedNames: this.namesSkipped ? results.testResults.flatMap((file) => this.skippedNames(file)) : [],
    });
  }

  skippedNames(file) {
    return file.testResults
      .filter((test) => test.status === 'pending')
      .map((test) => `${relative(this.rootDir, file.testFilePath)}: ${test.fullName}`);
  }
}
