/** The one error type of this package. */

/** A model or graph that cannot be used: names the node, tensor or field at fault, and says what to do. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  /** What is at fault: `node "conv1" (Conv)`, `initializer "weight"`, `metadata edgebeat.rate`, … */
  readonly where: string;
  /** What the user can do about it. */
  readonly hint: string;

  constructor(where: string, problem: string, hint: string) {
    super(`${where}: ${problem}`);
    this.where = where;
    this.hint = hint;
  }
}
