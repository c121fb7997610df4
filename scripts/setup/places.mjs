/** Where the set-up reads and writes: the repository root, and what it remembers between runs. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Stamps live inside node_modules, so that removing it also forgets what was done in it. */
export const stampFolder = join(root, 'node_modules', '.cache', 'edgebeat');

/** The lock lives outside node_modules, because `npm ci` removes that folder while the lock is held. */
export const lockFile = join(root, '.cache', 'setup.lock');
