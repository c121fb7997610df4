/** Messages to JSON and back, held against their schemas both ways. */
import * as v from 'valibot';
import { commandSchema } from './commands.js';
import { MessageError } from './message-error.js';
import { activitySchema, beatSchema, identitySchema, qualitySchema } from './results.js';
import { statusSchema } from './status.js';

/** The schema of each kind of topic that carries JSON. */
export const messageSchemas = {
  status: statusSchema,
  beat: beatSchema,
  identity: identitySchema,
  activity: activitySchema,
  quality: qualitySchema,
  cmd: commandSchema,
} as const;

export type MessageKind = keyof typeof messageSchemas;
export type Message<Kind extends MessageKind> = v.InferOutput<(typeof messageSchemas)[Kind]>;

/** A message without the two keys that its kind fixes. */
export type MessageBody<Kind extends MessageKind> = DistributiveOmit<Message<Kind>, 'schema' | 'version'>;
type DistributiveOmit<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never;

/**
 * @param kind which message; gives `schema` and `version`.
 * @param body the rest of it.
 * @returns JSON text, `schema` and `version` first.
 * @throws MessageError `bad-message`, naming the first key that breaks the schema.
 */
export function encodeMessage<Kind extends MessageKind>(kind: Kind, body: MessageBody<Kind>): string {
  return JSON.stringify(check(kind, { schema: `edgebeat.${kind}`, version: 1, ...body }));
}

/**
 * @param payload JSON as text or as UTF-8.
 * @throws MessageError `bad-json`, or `bad-message` naming the first key that breaks the schema.
 */
export function decodeMessage<Kind extends MessageKind>(kind: Kind, payload: string | Uint8Array): Message<Kind> {
  let value: unknown;
  try {
    value = JSON.parse(
      typeof payload === 'string' ? payload : new TextDecoder('utf-8', { fatal: true }).decode(payload),
    );
  } catch (error) {
    const problem = `${kind}: ${(error as Error).message}`;
    throw new MessageError('bad-json', problem, `Publish JSON of the schema edgebeat.${kind}.`);
  }
  return check(kind, value);
}

function check<Kind extends MessageKind>(kind: Kind, value: unknown): Message<Kind> {
  const parsed = v.safeParse(messageSchemas[kind], value, { abortEarly: true });
  if (parsed.success) return parsed.output as Message<Kind>;
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue);
  const problem = `${kind}: ${key ? `${key}: ` : ''}${issue.message}`;
  throw new MessageError('bad-message', problem, `Publish JSON of the schema edgebeat.${kind}, version 1.`);
}
