/** Runs the compiled command as users do, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Path of the compiled entry. Throws where it is not compiled. */
export function builtMain(): string {
  if (!existsSync(main)) throw new Error('packages/cli is not compiled: run `npm run build` (npm test does) first');
  return main;
}

export function runBuilt(args: string[], env: Record<string, string | undefined> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtMain(), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}
