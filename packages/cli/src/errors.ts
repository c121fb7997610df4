/** What a failure looks like to the person at the terminal: one clear message, a hint, an exit status. */
import { CommanderError } from 'commander';

/** 0 done, 1 a gate or check failed (or edgebeat itself did, or it was interrupted), 2 wrong use: options, input or surroundings to be corrected. */
export type ExitStatus = 0 | 1 | 2;

/** The command line asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** What is printed for an error, and the exit status that goes with it. */
export interface ErrorDescription {
  error: string;
  hint: string;
  status: ExitStatus;
}

/**
 * Puts any thrown value into words. Errors with a `hint` are the caller's to correct (exit status 2), as are refused files
 * and connections; anything else is a bug in edgebeat (exit status 1).
 */
export function describeError(thrown: unknown): ErrorDescription {
  if (thrown instanceof CommanderError) return describeUsage(thrown);
  // By shape and not by class: errors of worker realms and DOMException are no instances of this realm's Error.
  if (!isErrorLike(thrown)) return describeBug(String(thrown));
  if (typeof thrown.hint === 'string') return { error: thrown.message, hint: thrown.hint, status: 2 };
  if (thrown.name === 'AbortError') return { error: 'interrupted', hint: 'run the command again', status: 1 };
  return describeSystemError(thrown) ?? describeBug(thrown.message || String(thrown.name));
}

interface ErrorLike {
  message: string;
  name?: unknown;
  hint?: unknown;
  /** Those of Node.js's system errors. */
  code?: unknown;
  path?: unknown;
  address?: unknown;
  hostname?: unknown;
  port?: unknown;
  /** That of AggregateError. */
  errors?: unknown;
}

function isErrorLike(thrown: unknown): thrown is ErrorLike {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string';
}

/**
 * An error as another thread threw it, from its description: with its hint where it had one, with none where it is a bug.
 *
 * @param stack of the thread that threw it.
 */
export function revivedError({ error, hint, status }: ErrorDescription, stack?: string): Error {
  const revived = new Error(error);
  if (stack !== undefined) revived.stack = stack;
  return status === 2 ? Object.assign(revived, { hint }) : revived;
}

/** Commander's messages carry their own prefix, and their suggestion on a second line. */
function describeUsage(thrown: CommanderError): ErrorDescription {
  const [first = '', ...rest] = thrown.message.replace(/^error: /, '').split('\n');
  const suggestion = rest.join(' ').match(/\(Did you mean (.+?)\?\)/)?.[1];
  return {
    error: first,
    hint: suggestion ? `did you mean ${suggestion}?` : 'add --help to see what the command takes',
    status: 2,
  };
}

function describeBug(message: string): ErrorDescription {
  return {
    error: message,
    hint: 'this looks like a bug in edgebeat: set EDGEBEAT_DEBUG=1 to see where it happened, and please report it',
    status: 1,
  };
}

/** Operating-system errors that a user meets: the words for each, with the file or address it is about. */
const systemErrors: Record<string, (subject: string) => [error: string, hint: string]> = {
  ENOENT: (subject) => [`no such file or folder: ${subject}`, 'check the path'],
  ENOTDIR: (subject) => [`not a folder: ${subject}`, 'check the path'],
  EEXIST: (subject) => [`there is a file where a folder is wanted: ${subject}`, 'choose another place'],
  EISDIR: (subject) => [`is a folder, not a file: ${subject}`, 'name a file in it'],
  EACCES: (subject) => [`no permission for ${subject}`, 'check its owner and mode'],
  EPERM: (subject) => [`not permitted: ${subject}`, 'check its owner and mode'],
  EROFS: (subject) => [`on a read-only file system: ${subject}`, 'choose another place'],
  ENOSPC: (subject) => [`no space left to write ${subject}`, 'free some disk space'],
  EMFILE: () => ['too many open files', 'raise the limit: ulimit -n 4096'],
  EADDRINUSE: (subject) => [`${subject} is in use by another program`, 'stop it, or choose another port'],
  ECONNREFUSED: (subject) => [`nothing listens at ${subject}`, 'start the broker, or check host and port'],
  ECONNRESET: (subject) => [`the connection to ${subject} was cut`, 'check the broker and its log'],
  ENOTFOUND: (subject) => [`no such host: ${subject}`, 'check the host name'],
  EAI_AGAIN: (subject) => [`cannot look up the host ${subject} now`, 'check the host name and the network'],
  ETIMEDOUT: (subject) => [`no answer from ${subject}`, 'check host, port and firewall'],
};

function describeSystemError(thrown: ErrorLike): ErrorDescription | undefined {
  // A host with several addresses fails with an AggregateError, whose parts name the addresses.
  const part: ErrorLike = Array.isArray(thrown.errors) && isErrorLike(thrown.errors[0]) ? thrown.errors[0] : thrown;
  const words = typeof part.code === 'string' ? systemErrors[part.code] : undefined;
  if (!words) return undefined;
  const host = part.hostname ?? part.address;
  const place = host === undefined ? undefined : part.port === undefined ? `${host}` : `${host}:${part.port}`;
  const [error, hint] = words(String(part.path ?? place ?? part.message));
  return { error, hint, status: 2 };
}
