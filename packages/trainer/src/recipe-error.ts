/** A setting of a training recipe that cannot be followed: names the setting, and says what to do. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

/** @throws RecipeError unless `value` is a whole number from `least` on. */
export function requireCount(setting: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RecipeError(`${setting} is ${value}`, `Give a whole number from ${least} on.`);
}
