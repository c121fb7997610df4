/** What of the firmware's core goes with a program: the kernels that it calls, and headers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KernelName } from './kernels.js';

/** firmware-templates/core/, seen from this file's folder, in src/ as in dist/; and its copy in the npm package. */
const IN_REPOSITORY = new URL('../../../../../../firmware-templates/core/', import.meta.url);
const IN_PACKAGE = new URL('../../../../firmware-core/', import.meta.url);
const CORE = existsSync(IN_REPOSITORY) ? IN_REPOSITORY : IN_PACKAGE;

/**
 * @param kernels that the program calls
 * @param texts whose headers of the core are wanted, too
 * @returns texts by the path that they have in the generated folder, with the headers that they include
 */
export function coreSources(kernels: readonly KernelName[], texts: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  const include = (text: string) => {
    for (const [, header] of text.matchAll(/^#include "(edgebeat\/[^"]+)"/gm)) {
      const path = `include/${header}`;
      if (files.has(path)) continue;
      const own = coreFile(path);
      files.set(path, own);
      include(own);
    }
  };
  for (const kernel of kernels) {
    const path = `kernels/${kernel}.c`;
    const text = coreFile(path);
    files.set(path, text);
    include(text);
  }
  for (const text of texts) include(text);
  return files;
}

/** Every file of the core below these of its folders, by its path. */
export function coreFolders(...folders: readonly string[]): Map<string, string> {
  const paths = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, CORE), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath.slice(fileURLToPath(CORE).length)}/${name}`.replace('//', '/')),
  );
  return new Map(paths.sort().map((path) => [path, coreFile(path)]));
}

function coreFile(path: string): string {
  return readFileSync(new URL(path, CORE), 'utf8');
}
