/** A JSON message that breaks its schema: says which key, and what is expected there. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  /** `bad-json`: no JSON at all. `bad-message`: JSON of another shape. */
  readonly code: 'bad-json' | 'bad-message';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(code: 'bad-json' | 'bad-message', problem: string, hint: string) {
    super(problem);
    this.code = code;
    this.hint = hint;
  }
}
