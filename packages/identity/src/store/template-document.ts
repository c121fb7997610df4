/**
 * Templates as a JSON document, schema `edgebeat.templates/1`. Embeddings are base64 of little-endian float32, so that a
 * template survives to the bit.
 */
import { IdentityError } from '../identity-error.js';
import type { Template } from '../template.js';

const SCHEMA = 'edgebeat.templates/1';

/** A template as JSON has it: the embedding in base64. */
type Entry = Omit<Template, 'embedding'> & { readonly embedding: string };

/** The document, ending in a newline. */
export function encodeTemplates(templates: readonly Template[]): string {
  const document: { readonly schema: string; readonly templates: readonly Entry[] } = {
    schema: SCHEMA,
    templates: templates.map((template) => ({ ...template, embedding: toBase64(template.embedding) })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/**
 * The templates of a document.
 *
 * @param source how an error names the document, for example its path.
 * @throws IdentityError for anything but a valid document of this schema; it names the source and the field at fault.
 */
export function decodeTemplates(text: string, source: string): Template[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt(source, `is not JSON (${(error as Error).message})`);
  }
  const entries = entriesOf(json, (field, problem) => {
    throw corrupt(source, `${field}: ${problem}`);
  });
  const seen = new Set<string>();
  return entries.map((entry, index) => {
    const key = JSON.stringify([entry.subject, entry.model.sha256]);
    if (seen.has(key))
      throw corrupt(source, `templates.${index}.subject: "${entry.subject}" comes twice for the same model`);
    seen.add(key);
    const embedding = fromBase64(entry.embedding);
    if (embedding === undefined) {
      throw corrupt(source, `templates.${index}.embedding: not base64 of finite little-endian float32 numbers`);
    }
    return { ...entry, embedding };
  });
}

/** Tells what is wrong with a field, by throwing. */
type Refuse = (field: string, problem: string) => never;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const utcTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

/** The templates of a document of this schema, with no other keys than it has. */
function entriesOf(json: unknown, refuse: Refuse): readonly Entry[] {
  const { schema, templates } = keysOf(json, 'the whole document', ['schema', 'templates'], refuse);
  if (schema !== SCHEMA) return refuse('schema', `must be ${SCHEMA}`);
  if (!Array.isArray(templates)) return refuse('templates', 'must be a list');
  return templates.map((value: unknown, index): Entry => {
    const field = `templates.${index}`;
    const keys = ['subject', 'embedding', 'count', 'model', 'createdAt'] as const;
    const { subject, embedding, count, model, createdAt } = keysOf(value, field, keys, refuse);
    const { name, sha256 } = keysOf(model, `${field}.model`, ['name', 'sha256'], refuse);
    if (typeof subject !== 'string' || subject === '') return refuse(`${field}.subject`, 'must be a name');
    if (typeof embedding !== 'string' || embedding === '' || !base64.test(embedding))
      return refuse(`${field}.embedding`, 'must be base64');
    if (!Number.isSafeInteger(count) || (count as number) < 1)
      return refuse(`${field}.count`, 'must be a whole number from 1 on');
    if (typeof name !== 'string') return refuse(`${field}.model.name`, 'must be text');
    if (typeof sha256 !== 'string') return refuse(`${field}.model.sha256`, 'must be text');
    if (typeof createdAt !== 'string' || !utcTime.test(createdAt) || Number.isNaN(Date.parse(createdAt)))
      return refuse(`${field}.createdAt`, 'must be a time in UTC, as in 2026-01-31T12:00:00Z');
    return { subject, embedding, count: count as number, model: { name, sha256 }, createdAt };
  });
}

/** The values of an object that has exactly these keys. */
function keysOf<const K extends string>(
  value: unknown,
  field: string,
  keys: readonly K[],
  refuse: Refuse,
): Readonly<Record<K, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(field, 'must be an object');
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return refuse(field, `has no ${missing}`);
  const stray = Object.keys(value).find((key) => !keys.includes(key as K));
  if (stray !== undefined) return refuse(field, `has the unknown key ${JSON.stringify(stray)}`);
  return value as Readonly<Record<K, unknown>>;
}

function corrupt(source: string, problem: string): IdentityError {
  return new IdentityError(
    `${source} cannot be read as templates: ${problem}`,
    'Nothing was written to it. Restore a backup, or move the file away and enrol again.',
  );
}

function toBase64(embedding: Float32Array): string {
  const view = new DataView(new ArrayBuffer(embedding.length * 4));
  embedding.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Float32Array | undefined {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  const embedding = Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
  return embedding.every(Number.isFinite) ? embedding : undefined;
}
