/** Runs one program of the set-up quietly: its output is shown only when it fails. */
import { spawn } from 'node:child_process';
import { root } from './places.mjs';

const running = new Set();

/** A program of the set-up ended with a failure; its whole output is in `output`. */
export class StepError extends Error {
  name = 'StepError';
  /** @param {string} message @param {string} output @param {string} hint */
  constructor(message, output, hint) {
    super(message);
    this.output = output;
    this.hint = hint;
  }
}

/** @param {string} text one line of progress, on standard error: standard output belongs to the command that follows */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} title what is being done, for the message on failure
 * @param {string} program
 * @param {string[]} args
 * @param {{ hint?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<string>} everything the program wrote
 */
export function runStep(title, program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const hint = options.hint ?? '';
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program.endsWith('.cmd'),
    });
    running.add(child);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      running.delete(child);
      reject(new StepError(`${title}: cannot start ${program} (${error.message})`, '', hint));
    });
    child.on('exit', () => running.delete(child));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      if (code === 0) resolve(output);
      else reject(new StepError(`${title} failed (${signal ?? `exit status ${code}`})`, output, hint));
    });
  });
}

/** How long a program may take to end on a signal. npm in the middle of its work does not listen to one. */
const patienceMs = 2_000;

/**
 * Ends every program that is still running, and waits until they are gone.
 * @param {NodeJS.Signals} signal
 */
export async function stopSteps(signal) {
  const ends = [...running].map((child) => {
    child.kill(signal);
    const lastResort = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    return new Promise((resolve) => child.once('exit', resolve)).then(() => clearTimeout(lastResort));
  });
  await Promise.all(ends);
}
