/** Firmware that cannot be run, or does what it must not: says what and why, and what to do. */
export class FirmwareError extends Error {
  override readonly name = 'FirmwareError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
