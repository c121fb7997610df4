/** Something the runtime cannot do as asked: a model it cannot serve, a broker it cannot reach. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string, options?: ErrorOptions) {
    super(problem, options);
    this.hint = hint;
  }
}
