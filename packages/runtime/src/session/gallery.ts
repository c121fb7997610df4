/** The enrolled persons that a gateway knows, shared by all of its sessions. */
import { IdentityError, type ModelReference, type Template, type TemplateStore } from '@edgebeat/identity';

/** A template store with its contents at hand, limited to one model: templates of another one do not compare. */
export class Gallery {
  private readonly store: TemplateStore;
  private readonly model: ModelReference;
  private held: readonly Template[] = [];
  /** Templates in the store that belong to other models, and are passed over. */
  foreign = 0;

  private constructor(store: TemplateStore, model: ModelReference) {
    this.store = store;
    this.model = model;
  }

  static async open(store: TemplateStore, model: ModelReference): Promise<Gallery> {
    const gallery = new Gallery(store, model);
    await gallery.refresh();
    return gallery;
  }

  get templates(): readonly Template[] {
    return this.held;
  }

  has(subject: string): boolean {
    return this.held.some((template) => template.subject === subject);
  }

  /** @throws IdentityError for a template of another model. */
  async put(template: Template): Promise<void> {
    if (template.model.sha256 !== this.model.sha256)
      throw new IdentityError(
        `the template of "${template.subject}" belongs to model ${template.model.name}`,
        `Enrol "${template.subject}" again with ${this.model.name}.`,
      );
    await this.store.put(template);
    await this.refresh();
  }

  /** @returns whether the subject was enrolled. */
  async delete(subject: string): Promise<boolean> {
    const existed = await this.store.delete(subject);
    await this.refresh();
    return existed;
  }

  private async refresh(): Promise<void> {
    const all = await this.store.list();
    this.held = all.filter(({ model }) => model.sha256 === this.model.sha256);
    this.foreign = all.length - this.held.length;
  }
}
