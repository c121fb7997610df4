/** Tells the format of a recording from the name and the first bytes of its file. */
import type { RecordFormat } from './record.js';
import { fileNameOf } from './record-path.js';

/** How many bytes of a file are enough to tell its format. */
export const formatProbeBytes = 512;

/**
 * @param path path or name of the file
 * @param bytes its beginning, {@link formatProbeBytes} long or the whole file
 * @returns undefined when the file is of no known format; `wfdb` for a header file
 */
export function detectFormat(path: string, bytes: Uint8Array): RecordFormat | undefined {
  const name = fileNameOf(path).toLowerCase();
  if (name.endsWith('.hea')) return 'wfdb';
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, formatProbeBytes));
  if (name.endsWith('.edf') || /^0 {7}[ -~]{80}/.test(text)) return 'edf';
  const firstLine = text.replace(/^\u00ef\u00bb\u00bf/, '').split(/\r?\n/, 1)[0] ?? '';
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? ; \d+\s*$/.test(firstLine)) return 'kalouskova';
  if (name.endsWith('.txt') && /^\s*[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?\s*$/i.test(firstLine)) return 'heartprint';
  if (/\.(csv|tsv|txt)$/.test(name)) return 'csv';
  return undefined;
}
