/**
 * `npm run firmware:tables`: writes the constants and tables of the signal path into firmware-templates/core, from the values that
 * packages/ecg runs with. With `--check` it writes nothing and fails where a committed file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constantsHeader } from './firmware/constants-header.mjs';
import { ecgBandHeader, kernelHeader, qrsBandHeader } from './firmware/filter-tables.mjs';
import { root } from './setup/places.mjs';

const core = join(root, 'firmware-templates', 'core');
const files = [
  [join(core, 'include', 'edgebeat', 'constants.h'), await constantsHeader()],
  [join(core, 'src', 'resampler-kernel.h'), await kernelHeader()],
  [join(core, 'src', 'ecg-band-coefficients.h'), await ecgBandHeader()],
  [join(core, 'src', 'qrs-band-coefficients.h'), await qrsBandHeader()],
];

const check = process.argv.includes('--check');
for (const [path, text] of files) {
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`error: ${path} is out of date\nhint: npm run build && npm run firmware:tables\n`);
    process.exitCode = 1;
  }
}
