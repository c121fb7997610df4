/** How to call the npm that started us, or else the npm on PATH. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { runStep } from './step.mjs';

/**
 * Runs npm quietly. Throws a StepError with its output where it fails.
 * @param {string[]} args
 * @param {{ hint?: string, env?: Record<string, string> }} [options]
 */
export function npm(args, options) {
  const title = `npm ${args.filter((arg) => !arg.startsWith('-')).join(' ')}`;
  const caller = process.env.npm_execpath;
  if (caller && basename(caller) === 'npm-cli.js' && existsSync(caller)) {
    return runStep(title, process.execPath, [caller, ...args], options);
  }
  return runStep(title, process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
