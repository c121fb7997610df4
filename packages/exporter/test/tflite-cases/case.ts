/** One operation in a graph of its own, and how near TFLite's interpreters come to the integer interpreter. */
import type { IntegerGraph } from '../../src/index.js';

export interface Case {
  readonly title: string;
  readonly graph: IntegerGraph;
  /** What the file must contain, in this order. */
  readonly operators: readonly string[];
  /** Greatest difference of codes, or of real numbers as a share; 0 where nothing is said. */
  readonly within?: number;
}
