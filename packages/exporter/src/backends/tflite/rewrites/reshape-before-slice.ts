/**
 * Attention cuts queries, keys and values out of one product and reshapes each into heads. Where the product can be reshaped as a
 * whole and cut between heads, that is one RESHAPE instead of three, and one TRANSPOSE behind it.
 */
import type { AnyOperation, IntegerGraph, IntegerTensor, Operation } from '../../../integer/integer-graph.js';

/** A Slice along the last dimension, and the Reshape that alone reads it. */
interface Cut {
  readonly source: string;
  readonly slice: Operation<'Slice'>;
  readonly reshape: Operation<'Reshape'>;
  /** Size of the last dimension after the Reshape. */
  readonly depth: number;
}

/**
 * Slices of one tensor […, P · D] along its last dimension, each reshaped to […, Q, D], become slices along the last but one
 * dimension of that tensor reshaped to […, P, D]. The codes are the same.
 */
export function reshapeBeforeSlice(graph: IntegerGraph): IntegerGraph {
  const families = new Map<string, Cut[]>();
  for (const cut of cutsIn(graph)) {
    const family = `${cut.source} ${cut.depth}`;
    families.set(family, [...(families.get(family) ?? []), cut]);
  }
  return [...families.values()].filter((cuts) => cuts.length > 1).reduce(reshapeFirst, graph);
}

function cutsIn(graph: IntegerGraph): Cut[] {
  const shapeOf = (name: string) => graph.tensors.get(name)!.shape;
  return graph.operations.flatMap((slice) => {
    if (slice.operator !== 'Slice') return [];
    const [source] = slice.inputs as [string];
    const [cut] = slice.outputs as [string];
    const readers = graph.operations.filter(({ inputs }) => inputs.includes(cut));
    const [reshape] = readers;
    if (readers.length !== 1 || reshape!.operator !== 'Reshape') return [];
    if (graph.outputs.some(({ tensor }) => tensor === cut)) return [];
    const whole = shapeOf(source);
    const part = shapeOf(cut);
    const heads = shapeOf(reshape!.outputs[0]!);
    const depth = heads.at(-1)!;
    const last = whole.length - 1;
    const isAlongLast = whole.every((size, d) => d === last || size === part[d]);
    const isIntoHeads = heads.length === whole.length + 1 && heads.slice(0, -2).join() === whole.slice(0, -1).join();
    const fits = whole[last]! % depth === 0 && slice.attributes.starts[last]! % depth === 0;
    const isPlain = slice.attributes.steps.every((step) => step === 1);
    return isAlongLast && isIntoHeads && fits && isPlain ? [{ source, slice, reshape: reshape!, depth }] : [];
  });
}

function reshapeFirst(graph: IntegerGraph, cuts: readonly Cut[]): IntegerGraph {
  const [{ source, depth, reshape }] = cuts as [Cut, ...Cut[]];
  const whole = graph.tensors.get(source)!;
  const last = whole.shape.length - 1;
  const name = `${source}/${depth}`;
  const shape = [...whole.shape.slice(0, -1), whole.shape[last]! / depth, depth];
  const first: Operation<'Reshape'> = { ...reshape, inputs: [source], outputs: [name] };
  const sliceOf = (slice: Operation<'Slice'>, output: string): Operation<'Slice'> => ({
    ...slice,
    inputs: [name],
    outputs: [output],
    attributes: {
      starts: [...slice.attributes.starts.slice(0, -1), slice.attributes.starts[last]! / depth, 0],
      steps: [...slice.attributes.steps, 1],
    },
  });
  const slices = new Map(
    cuts.map(({ slice, reshape }) => [reshape as AnyOperation, sliceOf(slice, reshape.outputs[0]!)]),
  );
  const gone = new Set<AnyOperation>(cuts.map(({ slice }) => slice));
  const firstSlice = cuts[0]!.slice;
  return {
    ...graph,
    tensors: new Map<string, IntegerTensor>([...graph.tensors, [name, { ...whole, name, shape }]]),
    operations: graph.operations.flatMap((operation) => {
      if (operation === firstSlice) return [first];
      if (gone.has(operation)) return [];
      return [slices.get(operation) ?? operation];
    }),
  };
}
