/**
 * In which order the dimensions of each tensor are wanted by those that read it. Convolutions, products and reshapes say what they
 * need; operations that take any order hand on what their own output is wanted in. It is a preference: a tensor that lies
 * otherwise is copied where a kernel needs another order.
 */
import type { AnyOperation, IntegerGraph } from '../../../integer/integer-graph.js';
import { natural, type Order } from './view.js';

/** By name of tensor; none where nobody minds. Where readers differ, the first one is heard. */
export function preferredOrders(graph: IntegerGraph): ReadonlyMap<string, Order> {
  const preferred = new Map<string, Order>();
  const rankOf = (name: string) => graph.tensors.get(name)!.shape.length;
  for (const { tensor } of graph.outputs) preferred.set(tensor, natural(rankOf(tensor)));
  for (const operation of graph.operations.toReversed()) {
    for (const [index, input] of operation.inputs.entries()) {
      const order = wantedBy(operation, index, rankOf, preferred);
      if (order) preferred.set(input, order);
    }
  }
  return preferred;
}

/** [C, L] as [L, C], [C, H, W] as [H, W, C], behind the batch. */
export function channelsLast(rank: number): Order {
  return [0, ...natural(rank).slice(2), 1];
}

/** Columns as rows. */
export function lastTwoSwapped(rank: number): Order {
  return [...natural(rank - 2), rank - 1, rank - 2];
}

function wantedBy(
  operation: AnyOperation,
  input: number,
  rankOf: (name: string) => number,
  preferred: ReadonlyMap<string, Order>,
): Order | undefined {
  const rank = rankOf(operation.inputs[input]!);
  const output = operation.outputs[0]!;
  switch (operation.operator) {
    case 'Conv':
    case 'MaxPool':
    case 'AveragePool':
      return channelsLast(rank);
    case 'Gemm':
    case 'Reshape':
      return natural(rank);
    case 'MatMul':
      return input === 1 && operation.inputs[0] !== operation.inputs[1] ? lastTwoSwapped(rank) : natural(rank);
    case 'Softmax':
    case 'LayerNormalization':
    case 'LpNormalization': {
      const order = preferred.get(output);
      return order?.at(-1) === rank - 1 ? order : natural(rank);
    }
    case 'Transpose': {
      const { perm } = operation.attributes;
      return preferred.get(output)?.map((axis) => perm[axis]!);
    }
    default:
      return rankOf(output) === rank ? preferred.get(output) : undefined;
  }
}
