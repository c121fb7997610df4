/** `npm run verify:int8 -- ARGS`: set-up where needed, then what int8 costs, in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
await import(pathToFileURL(join(root, 'benchmarks', 'dist', 'verify-int8.js')).href);
