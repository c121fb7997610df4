/** Compares large arrays by their bits: where they differ, nobody waits for the difference to be printed. */
import { createHash } from 'node:crypto';

export function digestOf(...arrays: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}
