/** An evaluation that would mean nothing, or cannot be made: says why, and what to do. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
