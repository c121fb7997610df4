/** `npm run firmware:costs -- --artefacts FOLDER`: set-up where needed, then what every kernel costs, counted in QEMU. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

await setUp();
await import(pathToFileURL(join(root, 'benchmarks', 'dist', 'count-instructions.js')).href);
