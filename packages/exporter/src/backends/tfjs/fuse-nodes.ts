/**
 * Bias and Relu in the node of the convolution or product before them: passes over the data less, and nodes less, each of which
 * costs TensorFlow.js some microseconds.
 */
import type { Weight } from './graph-writer.js';
import { integerAttr, type NodeDef, textsAttr } from './node-def.js';

/**
 * The nodes of a graph, fused where that changes nothing but the order in which numbers are at hand.
 *
 * @param outputs names of nodes whose tensors the caller gets
 */
export function fuseNodes(
  nodes: readonly NodeDef[],
  weights: readonly Weight[],
  outputs: ReadonlySet<string>,
): readonly NodeDef[] {
  const shapes = new Map(weights.map(({ name, shape }) => [name, shape]));
  const biased = replaceNodes(nodes, outputs, (node, inner) => fuseBias(node, inner, shapes));
  return replaceNodes(biased, outputs, fuseRelu);
}

/** Finds the node that makes an input, where nobody else reads it; undefined for others. */
type Inner = (input: string | undefined) => NodeDef | undefined;

/** What stands in the place of some nodes: the new ones, and the names of those that go. */
interface Replacement {
  readonly made: readonly NodeDef[];
  readonly gone: readonly NodeDef[];
}

function replaceNodes(
  nodes: readonly NodeDef[],
  outputs: ReadonlySet<string>,
  rule: (node: NodeDef, inner: Inner) => Replacement | undefined,
): readonly NodeDef[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, number>();
  for (const { input = [] } of nodes) for (const name of input) readers.set(name, (readers.get(name) ?? 0) + 1);
  const inner: Inner = (input = '') =>
    readers.get(input) === 1 && !outputs.has(input) ? byName.get(input) : undefined;
  const gone = new Set<string>();
  const replaced = new Map<string, readonly NodeDef[]>();
  for (const node of nodes) {
    const replacement = rule(node, inner);
    if (!replacement) continue;
    replaced.set(node.name, replacement.made);
    for (const { name } of replacement.gone) gone.add(name);
  }
  return nodes.filter(({ name }) => !gone.has(name)).flatMap((node) => replaced.get(node.name) ?? [node]);
}

const withBias: ReadonlySet<string> = new Set(['_FusedConv2D', 'FusedDepthwiseConv2dNative', '_FusedMatMul']);

function fuseRelu(node: NodeDef, inner: Inner): Replacement | undefined {
  const before = node.op === 'Relu' ? inner(node.input?.[0]) : undefined;
  if (!before || !withBias.has(before.op)) return undefined;
  const fused_ops = textsAttr(['BiasAdd', 'Relu']);
  return { made: [{ ...before, name: node.name, attr: { ...before.attr, fused_ops } }], gone: [before] };
}

/** A product of all rows with one matrix, perhaps reshaped, plus a vector of as many elements as the matrix has columns. */
function fuseBias(
  node: NodeDef,
  inner: Inner,
  shapes: ReadonlyMap<string, readonly number[]>,
): Replacement | undefined {
  if (node.op !== 'AddV2') return undefined;
  const [a, b] = node.input!;
  const [before, bias] = shapes.has(b!) ? [inner(a), b!] : [inner(b), a!];
  const reshape = before?.op === 'Reshape' ? before : undefined;
  const product = reshape ? inner(reshape.input![0]) : before;
  if (product?.op !== 'MatMul') return undefined;
  const columns = shapes.get(product.input![1]!)?.[1];
  const shape = shapes.get(bias);
  if (columns === undefined || shape?.length !== 1 || shape[0] !== columns) return undefined;
  const fused = {
    ...product,
    op: '_FusedMatMul',
    input: [...product.input!, bias],
    attr: { ...product.attr, num_args: integerAttr(1), fused_ops: textsAttr(['BiasAdd']) },
  };
  if (!reshape) return { made: [{ ...fused, name: node.name }], gone: [product] };
  return { made: [fused, { ...reshape, name: node.name }], gone: [product, reshape] };
}
