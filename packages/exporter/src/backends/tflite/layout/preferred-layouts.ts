/**
 * In which layout each tensor is wanted by those that read it. Operators that look at one dimension only (elementwise ones,
 * Concat, Slice, …) take any layout and hand on what their own output is wanted in; convolutions, products, reshapes and outputs
 * say what they need. It is a preference: a tensor that lies otherwise is converted where it is read.
 */
import type { AnyOperation, IntegerGraph } from '../../../integer/integer-graph.js';
import { beforeTranspose, channelsLast, type Layout, natural, rows } from './layout.js';

/** By name of tensor; none where nobody minds. Where readers differ, the first one is heard. */
export function preferredLayouts(graph: IntegerGraph): ReadonlyMap<string, Layout> {
  const preferred = new Map<string, Layout>();
  const rankOf = (name: string) => graph.tensors.get(name)!.shape.length;
  for (const { tensor } of graph.outputs) preferred.set(tensor, natural(rankOf(tensor)));
  for (const operation of graph.operations.toReversed()) {
    for (const input of operation.inputs) {
      const layout = wantedBy(operation, input, rankOf, preferred);
      if (layout) preferred.set(input, layout);
    }
  }
  return preferred;
}

function wantedBy(
  operation: AnyOperation,
  input: string,
  rankOf: (name: string) => number,
  preferred: ReadonlyMap<string, Layout>,
): Layout | undefined {
  const rank = rankOf(input);
  const output = operation.outputs[0]!;
  switch (operation.operator) {
    case 'Conv':
    case 'MaxPool':
    case 'AveragePool':
      return rank === 3 || rank === 4 ? channelsLast(rank) : undefined;
    case 'Gemm':
      return rows(rank);
    case 'MatMul':
      return input === operation.inputs[1] && input !== operation.inputs[0] ? lastTwoSwapped(rank) : natural(rank);
    case 'Softmax':
    case 'LayerNormalization':
    case 'LpNormalization': {
      const layout = preferred.get(output);
      return layout?.at(-1) === rank - 1 ? layout : rows(rank);
    }
    case 'Reshape':
      return natural(rank);
    case 'Transpose': {
      const layout = preferred.get(output);
      return layout && beforeTranspose(layout, operation.attributes.perm);
    }
    default:
      return rankOf(output) === rank ? preferred.get(output) : undefined;
  }
}

/** What BATCH_MATMUL multiplies by without transposing it first. */
export function lastTwoSwapped(rank: number): Layout {
  return [...natural(rank - 2), rank - 1, rank - 2];
}
