/** The metadata of int8 files, whose weights are few: long entries packed. */
import { deflateRawSync } from 'node:zlib';
import { packMetadata } from '@edgebeat/graph';

export function packedMetadata(metadata: ReadonlyMap<string, string>): Map<string, string> {
  return packMetadata(metadata, (bytes) => deflateRawSync(bytes, { level: 9 }));
}
