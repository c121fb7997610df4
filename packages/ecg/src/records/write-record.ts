/** Writes recordings as WFDB files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Annotation, EcgRecord } from './record.js';
import { encodeWfdbAnnotations, encodeWfdbRecord, wfdbDefaultGain } from './wfdb-writer.js';

export interface WriteOptions {
  /** Written as `NAME.atr`. */
  readonly annotations?: readonly Annotation[];
  /** ADC units per physical unit. */
  readonly gain?: number;
}

/**
 * Writes `NAME.hea`, `NAME.dat` (format 16) and, with annotations, `NAME.atr` into a folder, which is made if need be.
 * @returns path of the header
 * @throws RecordError when the record does not fit the format
 */
export async function writeWfdbRecord(
  folder: string,
  record: Pick<EcgRecord, 'name' | 'channels' | 'start' | 'comments'>,
  { annotations, gain = wfdbDefaultGain }: WriteOptions = {},
): Promise<string> {
  const { header, signals } = encodeWfdbRecord(record, gain);
  const atr = annotations && encodeWfdbAnnotations(annotations, `${record.name}.atr`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${record.name}.dat`), signals);
  if (atr) await writeFile(join(folder, `${record.name}.atr`), atr);
  const headerPath = join(folder, `${record.name}.hea`);
  await writeFile(headerPath, header);
  return headerPath;
}
