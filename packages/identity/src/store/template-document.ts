/**
 * Templates as a JSON document, schema `edgebeat.templates/1`. Embeddings are base64 of little-endian float32, so that a
 * template survives to the bit.
 */
import * as v from 'valibot';
import { IdentityError } from '../identity-error.js';
import type { Template } from '../template.js';

const SCHEMA = 'edgebeat.templates/1';

const documentSchema = v.strictObject({
  schema: v.literal(SCHEMA),
  templates: v.array(
    v.strictObject({
      subject: v.pipe(v.string(), v.minLength(1)),
      embedding: v.pipe(v.string(), v.minLength(1), v.base64()),
      count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      model: v.strictObject({ name: v.string(), sha256: v.string() }),
      createdAt: v.pipe(v.string(), v.isoTimestamp()),
    }),
  ),
});

/** The document, ending in a newline. */
export function encodeTemplates(templates: readonly Template[]): string {
  const document: v.InferOutput<typeof documentSchema> = {
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
  const parsed = v.safeParse(documentSchema, json, { abortEarly: true });
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw corrupt(source, `${v.getDotPath(issue) || 'the whole document'}: ${issue.message}`);
  }
  const seen = new Set<string>();
  return parsed.output.templates.map((entry, index) => {
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
