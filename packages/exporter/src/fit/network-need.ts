/** What a network in C needs of a board. */

import { figuresOf } from '../backends/c/figures.js';
import { ELEMENT_BYTES } from '../backends/c/program/buffer.js';
import { programOf } from '../backends/c/program/program.js';
import type { IntegerGraph } from '../integer/integer-graph.js';

export interface NetworkNeed {
  readonly weightBytes: number;
  readonly arenaBytes: number;
  readonly codeBytes: number;
  /** Arena, inputs, outputs, stack. */
  readonly ramBytes: number;
}

const ALIGNMENT = 16;

/** @throws ExportError for a graph that cannot be written as C */
export function networkNeed(graph: IntegerGraph): NetworkNeed {
  const program = programOf(graph, 'eb_model', ALIGNMENT);
  const { weightBytes, arenaBytes, stackBytes } = figuresOf(program, ALIGNMENT);
  const own = [...program.inputs, ...program.outputs].map(({ buffer }) => buffer.count * ELEMENT_BYTES[buffer.type]);
  return {
    ...{ weightBytes, arenaBytes, codeBytes: 16_384 },
    ramBytes: arenaBytes + own.reduce((sum, bytes) => sum + bytes, 0) + stackBytes,
  };
}
