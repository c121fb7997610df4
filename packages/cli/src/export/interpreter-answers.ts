/** What the integer interpreter answers: the norm of several back ends, computed once for all of them, because it takes its time. */
import { type Answers, type IntegerGraph, integerAnswers } from '@edgebeat/exporter';

export class InterpreterAnswers {
  readonly #graph: IntegerGraph;
  #count = 0;
  #known: Answers = new Map();

  constructor(graph: IntegerGraph) {
    this.#graph = graph;
  }

  /**
   * @param windows the same list each time, or the first of it.
   * @param onProgress called after each window that was not asked before.
   * @throws ExportError, see `integerAnswers`.
   */
  of(windows: readonly Float32Array[], onProgress: (done: number) => void): Answers {
    const known = this.#count;
    if (windows.length > known) {
      const more = integerAnswers(this.#graph, windows.slice(known), (done) => onProgress(known + done));
      this.#known = new Map([...more].map(([output, rows]) => [output, [...(this.#known.get(output) ?? []), ...rows]]));
      this.#count = windows.length;
    }
    return new Map([...this.#known].map(([output, rows]) => [output, rows.slice(0, windows.length)]));
  }
}
