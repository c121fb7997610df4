/** Where a command finds its recordings. */
import { UsageError } from './errors.js';

/** @throws UsageError where neither the option nor the variable EDGEBEAT_DATA names a folder. */
export function dataFolder(option: string | undefined): string {
  const folder = option ?? process.env.EDGEBEAT_DATA;
  if (folder !== undefined) return folder;
  throw new UsageError('no recordings given', 'name their folder with --data or the variable EDGEBEAT_DATA');
}
