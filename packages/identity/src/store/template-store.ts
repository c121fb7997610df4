/** Where templates are kept. */
import type { Template } from '../template.js';

/** A set of templates, one per subject. Templates go in and come out as copies: changing one does not change the store. */
export interface TemplateStore {
  /** All templates, in the order in which their subjects were first put in. */
  list(): Promise<Template[]>;
  get(subject: string): Promise<Template | undefined>;
  /** Puts a template in, in place of the subject's earlier one. */
  put(template: Template): Promise<void>;
  /** @returns whether there was one. */
  delete(subject: string): Promise<boolean>;
}

/** Templates in memory, gone with the process. */
export class MemoryTemplateStore implements TemplateStore {
  private readonly templates = new Map<string, Template>();

  async list(): Promise<Template[]> {
    return Array.from(this.templates.values(), copy);
  }

  async get(subject: string): Promise<Template | undefined> {
    const template = this.templates.get(subject);
    return template && copy(template);
  }

  async put(template: Template): Promise<void> {
    this.templates.set(template.subject, copy(template));
  }

  async delete(subject: string): Promise<boolean> {
    return this.templates.delete(subject);
  }
}

function copy(template: Template): Template {
  return { ...template, embedding: template.embedding.slice(), model: { ...template.model } };
}
