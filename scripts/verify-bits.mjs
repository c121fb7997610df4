/** `npm run verify:bits -- ARGS`: set-up where needed, then the firmware's C core against packages/ecg in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
await import(pathToFileURL(join(root, 'benchmarks', 'dist', 'verify-bits.js')).href);
