/**
 * Long texts of metadata in few bytes: `deflate:` and, in base64, the text as UTF-8, deflated (RFC 1951, no header). A list of a
 * thousand records takes a seventh of its length, which matters in a network that is no larger than it.
 */
import { GraphError } from '../graph-error.js';
import { inflate } from './inflate.js';

const MARK = 'deflate:';
/** Of one text; the lists of all data sets together are 60 kB. */
const MOST_BYTES = 1 << 24;
/** Shorter ones stay readable. */
const LEAST_LENGTH = 512;

/** The text itself, unpacked where it is packed. @throws GraphError for one that is damaged. */
export function unpackedText(text: string, where: string): string {
  if (!text.startsWith(MARK)) return text;
  return new TextDecoder().decode(inflate(bytesOf(text.slice(MARK.length), where), MOST_BYTES, where));
}

/**
 * The same metadata with the long JSON texts under `edgebeat.*` packed; `readMetadata` reads both forms.
 *
 * @param deflate gives a raw DEFLATE stream: `zlib.deflateRawSync` in node.
 */
export function packMetadata(
  metadata: ReadonlyMap<string, string>,
  deflate: (bytes: Uint8Array) => Uint8Array,
): Map<string, string> {
  return new Map(
    [...metadata].map(([key, text]) => {
      if (!key.startsWith('edgebeat.') || !/^[[{]/.test(text) || text.length < LEAST_LENGTH) return [key, text];
      const packed = MARK + base64Of(deflate(new TextEncoder().encode(text)));
      return [key, packed.length < text.length ? packed : text];
    }),
  );
}

function bytesOf(base64: string, where: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new GraphError(where, 'its packed text is no base64', 'export the model again');
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
