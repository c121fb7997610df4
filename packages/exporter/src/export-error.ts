/** What cannot be exported, and why. */
export class ExportError extends Error {
  /** What to do about it. */
  readonly hint: string;

  /** @param problem names the node or file first: `node "conv1" (Conv): …`. */
  constructor(problem: string, hint: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'ExportError';
    this.hint = hint;
  }
}
