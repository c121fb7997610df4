/** `npm run demo -- ARGS`: set-up where needed, then `edgebeat demo ARGS` in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
const main = join(root, 'packages', 'cli', 'dist', 'main.js');
process.argv = [process.execPath, main, 'demo', ...process.argv.slice(2)];
await import(pathToFileURL(main).href);
