/** `npm run bench:detectors -- ARGS`: set-up where needed, then the comparison of R-peak detectors in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
await import(pathToFileURL(join(root, 'benchmarks', 'dist', 'bench-detectors.js')).href);
