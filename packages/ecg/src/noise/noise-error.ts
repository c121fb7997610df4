/** Why noise cannot be added. */
export class NoiseError extends Error {
  override readonly name = 'NoiseError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
