/**
 * `npm test -- ARGS`: set-up where needed, the system packages that the chosen tests need, format, lint and type check,
 * then jest with ARGS (`npm test -- packages/ecg`). The last line is `N passed, N failed, N skipped`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { installLine, installSystemPackages } from './setup/apt.mjs';
import { npm } from './setup/npm.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/step.mjs';
import { fail, setUp } from './setup.mjs';
import { findProgram, systemPackages } from './system-packages.mjs';

const jestArgs = process.argv.slice(2);
// On the command line rather than in NODE_OPTIONS: jest hands it to its workers, and programs that tests start are spared.
const nodeArgs = ['--experimental-vm-modules'];
if (process.allowedNodeEnvironmentFlags.has('--disable-warning'))
  nodeArgs.push('--disable-warning=ExperimentalWarning');
const jest = [...nodeArgs, join(root, 'node_modules', 'jest', 'bin', 'jest.js')];

await setUp();
await provideSystemPackages();
say('test: format, lint and type check');
await npm(['run', '--silent', 'check'], { hint: '`npm run format` corrects the layout' }).catch(fail);
// Last, because jest takes every word after --reporters for one of them.
const reporters = ['--reporters=default', `--reporters=${join(root, 'testing', 'totals-reporter.mjs')}`];
process.exitCode = await runJest([...jestArgs, ...reporters]);

/** Installs what the chosen tests need and is missing; says so where it cannot, and leaves the skipping to the tests. */
async function provideSystemPackages() {
  const absent = systemPackages.filter((row) => !findProgram(row.program));
  if (absent.length === 0) return;
  const sources = chosenTests().map((file) => readFileSync(file, 'utf8'));
  const missing = absent.filter((row) => {
    const asksForIt = new RegExp(`describeWithProgram\\(\\s*['"]${row.program}['"]`);
    return sources.some((source) => asksForIt.test(source));
  });
  if (missing.length === 0) return;
  const reason = await installSystemPackages(missing);
  if (reason === undefined) return;
  const consequence = process.env.CI
    ? 'tests that need them fail, because CI is set'
    : 'tests that need them are skipped';
  say(`test: missing ${missing.flatMap((row) => row.packages).join(', ')} (${reason}); ${consequence}`);
  say(`test: to get them: ${installLine(missing.flatMap((row) => row.packages))}`);
}

/** Paths of the test files that jest would run for these arguments. */
function chosenTests() {
  const listing = spawnSync(process.execPath, [...jest, '--listTests', ...jestArgs], { cwd: root, encoding: 'utf8' });
  return listing.status === 0 ? listing.stdout.split('\n').filter((line) => line.endsWith('.ts')) : [];
}

/** Runs jest, then prints the skipped tests and the closing line. @param {string[]} args @returns {Promise<number>} exit status */
function runJest(args) {
  const child = spawn(process.execPath, [...jest, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl-C reaches jest by itself; this process waits for it to end. Other signals are handed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  let closingLines = '';
  child.on('message', ({ passed, failed, skipped, skippedNames }) => {
    const named = skippedNames.map((name) => `skipped: ${name}\n`).join('');
    closingLines = `${named}${passed} passed, ${failed} failed, ${skipped} skipped\n`;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.stdout.write(closingLines);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
