/** Where templates are kept. */
import type { Template } from '../template.js';

/** A set of templates, one per subject and model. Templates go in and come out as copies: changing one does not change the store. */
export interface TemplateStore {
  /** All templates, in the order in which they were first put in. */
  list(): Promise<Template[]>;
  /** The subject's first template. */
  get(subject: string): Promise<Template | undefined>;
  /** Puts a template in, in place of the subject's earlier one of the same model. */
  put(template: Template): Promise<void>;
  /** Deletes the subject's templates of every model. @returns whether there was one. */
  delete(subject: string): Promise<boolean>;
}

/** Templates in memory, gone with the process. */
export class MemoryTemplateStore implements TemplateStore {
  private readonly templates = new Map<string, Template>();

  async list(): Promise<Template[]> {
    return Array.from(this.templates.values(), copy);
  }

  async get(subject: string): Promise<Template | undefined> {
    for (const template of this.templates.values()) if (template.subject === subject) return copy(template);
    return undefined;
  }

  async put(template: Template): Promise<void> {
    this.templates.set(keyOf(template), copy(template));
  }

  async delete(subject: string): Promise<boolean> {
    const own = Array.from(this.templates.values()).filter((template) => template.subject === subject);
    for (const template of own) this.templates.delete(keyOf(template));
    return own.length > 0;
  }
}

function keyOf({ subject, model }: Template): string {
  return JSON.stringify([subject, model.sha256]);
}

function copy(template: Template): Template {
  return { ...template, embedding: template.embedding.slice(), model: { ...template.model } };
}
