/** Makes sure, before long work begins, that its results can be written when it is done. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';

/**
 * Creates the folders of the files.
 *
 * @throws UsageError where a file's name is that of a folder; what the file system throws where a folder cannot be made.
 */
export async function prepareFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(path), { recursive: true });
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) throw new UsageError(`is a folder, not a file: ${path}`, 'name a file in it');
  }
}
