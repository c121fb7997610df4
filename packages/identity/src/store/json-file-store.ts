/** Templates in one JSON file, written whole and atomically. Needs Node's file system; the rest of the package does not. */
import { constants } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IdentityError } from '../identity-error.js';
import type { Template } from '../template.js';
import { decodeTemplates, encodeTemplates } from './template-document.js';
import { MemoryTemplateStore, type TemplateStore } from './template-store.js';

/**
 * A template store in a file that one process owns. Every change writes a temporary file beside it, flushes it to disk and
 * renames it over the old one: after a crash the file holds the state before or after, never between. Templates are
 * biometric data, so the file is readable by its owner only.
 */
export class JsonFileTemplateStore implements TemplateStore {
  readonly path: string;
  private memory: MemoryTemplateStore;
  /** What the file holds as far as this store knows; undefined before there is a file. */
  private text: string | undefined;
  /** Changes wait for each other, so that the file always holds the latest. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, text: string | undefined, memory: MemoryTemplateStore) {
    this.path = path;
    this.text = text;
    this.memory = memory;
  }

  /**
   * Opens the store. A file that does not exist yet is an empty store; it appears with the first template.
   *
   * @throws IdentityError when the file exists and cannot be read as templates: it is left as it is.
   */
  static async open(path: string): Promise<JsonFileTemplateStore> {
    const text = await readText(path);
    const memory = new MemoryTemplateStore();
    if (text !== undefined) for (const template of decodeTemplates(text, path)) await memory.put(template);
    return new JsonFileTemplateStore(path, text, memory);
  }

  list(): Promise<Template[]> {
    return this.memory.list();
  }

  get(subject: string): Promise<Template | undefined> {
    return this.memory.get(subject);
  }

  /**
   * Resolves when the template is safely on disk.
   *
   * @throws IdentityError when the file cannot be written, or is not what this store left there.
   */
  put(template: Template): Promise<void> {
    return this.change((next) => next.put(template));
  }

  /** Resolves when the template is gone from the disk. @throws IdentityError as `put` does. */
  delete(subject: string): Promise<boolean> {
    return this.change((next) => next.delete(subject));
  }

  /** Applies a change to a copy, writes it, and only then makes it visible. */
  private change<T>(apply: (store: MemoryTemplateStore) => Promise<T>): Promise<T> {
    const done = this.last.then(async () => {
      if ((await readText(this.path)) !== this.text) {
        throw new IdentityError(
          `${this.path} was changed by somebody else since it was opened`,
          'Nothing was written to it. Let one process own the file, and open it again.',
        );
      }
      const next = new MemoryTemplateStore();
      for (const template of await this.memory.list()) await next.put(template);
      const result = await apply(next);
      const text = encodeTemplates(await next.list());
      await writeAtomically(this.path, text);
      this.memory = next;
      this.text = text;
      return result;
    });
    this.last = done.catch(() => {});
    return done;
  }
}

/** The text of a file, undefined where there is no file. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new IdentityError(
      `${path} cannot be read: ${(error as Error).message}`,
      'Check the path and its permissions.',
    );
  }
}

async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new IdentityError(
      `${path} cannot be written: ${(error as Error).message}`,
      'The templates before this change are still there. Check that the folder exists, is writable and not full.',
    );
  }
}

/** Makes the rename itself durable. Windows cannot open folders, and needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
