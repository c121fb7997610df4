/**
 * Templates as a watch keeps them over a reboot: the saved state of the firmware's app, whose bytes are laid out in
 * firmware-templates/core/include/edgebeat/app/saved-state.h. What was enrolled at a gateway goes to a watch, and back.
 */
import { IdentityError } from '../identity-error.js';
import type { ModelReference, Template } from '../template.js';

export interface DeviceState {
  /** All of one model, in the order in which they were first put in. */
  readonly templates: readonly Template[];
  /** Who the wearer is said to be; null for nobody in particular. */
  readonly claim: string | null;
}

const MAGIC = 'EBST';
const VERSION = 1;
const SHA256_BYTES = 32;
const CRC_BYTES = 4;
/** Magic, version, number of templates, length of embeddings, SHA-256. */
const HEADER_BYTES = MAGIC.length + 1 + 1 + 2 + SHA256_BYTES;

/**
 * @param model of the watch. @param embeddingLength numbers of its embeddings.
 * @returns what `eb_app_load` takes, as far as the firmware was built to hold so many templates and such long names.
 * @throws IdentityError for a template of another model or length, more than 255 of them, or a name of more than 127 bytes.
 */
export function encodeDeviceState(
  { templates, claim }: DeviceState,
  model: ModelReference,
  embeddingLength: number,
): Uint8Array {
  if (templates.length > 255) throw new IdentityError(`${templates.length} templates`, 'A watch keeps 255 at most.');
  const parts = [
    new TextEncoder().encode(MAGIC),
    integer(VERSION, 1),
    integer(templates.length, 1),
    integer(embeddingLength, 2),
    digest(model),
    text(claim ?? ''),
    ...templates.flatMap((template) => templateParts(template, model, embeddingLength)),
  ];
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  return Uint8Array.from([...bytes, ...integer(crc32(bytes), CRC_BYTES)]);
}

/**
 * @param model of the watch, whose name the bytes do not have.
 * @throws IdentityError for bytes that are no saved state of this version, are damaged, or belong to another model.
 */
export function decodeDeviceState(bytes: Uint8Array, model: ModelReference): DeviceState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CRC_BYTES;
  if (end <= HEADER_BYTES || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw unreadable('are none');
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) throw unreadable('are damaged');
  if (bytes[4] !== VERSION) throw unreadable(`are of version ${bytes[4]}`);
  const sha256 = bytes.subarray(8, HEADER_BYTES);
  if (digest(model).some((byte, i) => byte !== sha256[i])) throw unreadable('belong to another model');
  let at = HEADER_BYTES;
  const take = (count: number) => {
    if (at + count > end) throw unreadable('end too early');
    at += count;
    return at - count;
  };
  const takeText = () => {
    const length = bytes[take(1)]!;
    return new TextDecoder().decode(bytes.subarray(take(length), at));
  };
  const claim = takeText();
  const templates = Array.from({ length: bytes[5]! }, (): Template => {
    const subject = takeText();
    const count = view.getUint32(take(4), true);
    const createdAtUs = Number(view.getBigUint64(take(8), true));
    const embedding = Float32Array.from({ length: view.getUint16(6, true) }, () => view.getFloat32(take(4), true));
    return { subject, count, embedding, model: { ...model }, createdAt: new Date(createdAtUs / 1000).toISOString() };
  });
  if (at !== end) throw unreadable('go on behind their end');
  return { templates, claim: claim === '' ? null : claim };
}

function templateParts(
  { subject, count, createdAt, embedding, model: own }: Template,
  model: ModelReference,
  embeddingLength: number,
): Uint8Array[] {
  if (own.sha256 !== model.sha256 || embedding.length !== embeddingLength)
    throw new IdentityError(
      `the template of "${subject}" belongs to model ${own.name}, with ${embedding.length} numbers`,
      `Enrol "${subject}" again with ${model.name}.`,
    );
  const numbers = new Uint8Array(4 * embedding.length);
  const view = new DataView(numbers.buffer);
  embedding.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return [text(subject), integer(count, 4), integer(new Date(createdAt).getTime() * 1000, 8), numbers];
}

/** A length in one byte, and so many bytes of UTF-8. */
function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length > 127)
    throw new IdentityError(`the name "${value}" is too long`, 'A watch takes 127 bytes at most.');
  return Uint8Array.from([bytes.length, ...bytes]);
}

/** Little-endian. */
function integer(value: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

function digest({ sha256 }: ModelReference): Uint8Array {
  return Uint8Array.from({ length: SHA256_BYTES }, (_, i) => Number.parseInt(sha256.slice(2 * i, 2 * i + 2), 16));
}

/** CRC-32 of IEEE 802.3. */
function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return ~remainder >>> 0;
}

function unreadable(problem: string): IdentityError {
  return new IdentityError(`the bytes of a watch's saved state ${problem}`, 'Enrol again, and save the state anew.');
}
