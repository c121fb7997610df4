/** A compiled source file of packages/ecg, also where the package does not export it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/places.mjs';

/** @param {string} file path below packages/ecg/src, without its extension */
export function ecgModule(file) {
  return import(pathToFileURL(join(root, 'packages', 'ecg', 'dist', `${file}.js`)).href);
}
