/**
 * Makes a fresh clone ready: npm packages installed, packages built. Does nothing, in a fraction of a second, where both
 * are up to date. Plain Node.js without dependencies, because it runs before anything is installed.
 */
import './setup/node-version.mjs';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './setup/build.mjs';
import { install, isInstalled } from './setup/install.mjs';
import { takeLock } from './setup/lock.mjs';
import { lockFile } from './setup/places.mjs';
import { StepError, say, stopSteps } from './setup/step.mjs';

/** Installs and builds what is missing or out of date. Ends the process, with the reason on standard error, on failure. */
export async function setUp() {
  if (isInstalled() && isBuilt()) return;
  const started = Date.now();
  const release = await takeLock(lockFile, (owner) => say(`setup: ${owner} is setting up this checkout, waiting`));
  let stopped = false;
  const stop = async (signal) => {
    stopped = true;
    await stopSteps(signal);
    release();
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    // Asked again: whoever held the lock may have done it.
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
    say(`setup: ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    // The step was ended by a signal, and this process is about to be.
    if (stopped) await new Promise(() => {});
    release();
    fail(error);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    release();
  }
}

/** @param {unknown} error shown without a stack trace where it is the failure of a step; ends the process */
export function fail(error) {
  if (!(error instanceof StepError)) throw error;
  say(error.output.trimEnd());
  say(`error: ${error.message}`);
  if (error.hint) say(`hint: ${error.hint}`);
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await setUp();
