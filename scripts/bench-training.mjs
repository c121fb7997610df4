/** `npm run bench:training -- ARGS`: set-up where needed, then the timing of training steps in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
await import(pathToFileURL(join(root, 'benchmarks', 'dist', 'bench-training.js')).href);
