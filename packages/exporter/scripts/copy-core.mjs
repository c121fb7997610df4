/**
 * `npm pack` puts only what lies in the package's folder into it: before (prepack) the firmware's core is copied there, and after
 * (postpack, `--remove`) the copy goes again. In the repository `toC` reads the core where it stands.
 */
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../../../firmware-templates/core/', import.meta.url));
const copy = fileURLToPath(new URL('../firmware-core/', import.meta.url));

rmSync(copy, { recursive: true, force: true });
if (!process.argv.includes('--remove')) {
  for (const folder of ['include', 'kernels', 'src', 'app', 'wasm', 'tflm'])
    cpSync(`${core}${folder}`, `${copy}${folder}`, { recursive: true });
}
