/** Runs the built `edgebeat` as a user does: another process, its two output streams, its exit status. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Tells on file descriptor 3 when the process begins to hear interrupts: a busy machine may take seconds to get there. */
const observer = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('newListener', (event) => event === 'SIGINT' && writeSync(3, 'SIGINT'));
`)}`;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of standard output, which is JSON with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: reports of every shape
  readonly report: any;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once an interrupt is heard, not the end of the process; rejects when it ends before. */
  hearsInterrupts(): Promise<void>;
  /** Resolves once standard error holds the text. */
  says(text: string): Promise<void>;
}

/** Starts `edgebeat WORDS`. */
export function startEdgebeat(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Running {
  if (!existsSync(main)) throw new Error(`${main} is not built: run npm run build first`);
  const child = spawn(process.execPath, ['--import', observer, main, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const heard = new Promise<void>((resolve) => (child.stdio[3] as Readable).once('data', () => resolve()));
  let stdout = '';
  let stderr = '';
  let onText = () => {};
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onText();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      resolve({ status, stdout, stderr, report: last.startsWith('{') ? JSON.parse(last) : undefined });
    });
  });
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    hearsInterrupts: () =>
      Promise.race([
        heard,
        ended.then(({ stderr }) => {
          throw new Error(`edgebeat ended before it listened: ${stderr}`);
        }),
      ]),
    says: (text) =>
      new Promise((resolve, reject) => {
        onText = () => {
          if (stderr.includes(text)) resolve();
        };
        onText();
        ended.then(() => reject(new Error(`edgebeat ended without saying '${text}': ${stderr}`)), reject);
      }),
  };
}

/** Runs `edgebeat WORDS` to its end. */
export function edgebeat(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  return startEdgebeat(words, env).ended;
}
