/** Relu in the node of the convolution or product before it: one pass over the data less. */
import { type NodeDef, textsAttr } from './node-def.js';

const fusing: ReadonlySet<string> = new Set(['_FusedConv2D', 'FusedDepthwiseConv2dNative', '_FusedMatMul']);

/**
 * Nodes in which every Relu whose input is a convolution or product with bias, that nothing else reads, has gone into that.
 *
 * @param outputs names of nodes whose tensors the caller gets
 */
export function fuseActivations(nodes: readonly NodeDef[], outputs: ReadonlySet<string>): readonly NodeDef[] {
  const readers = new Map<string, number>();
  for (const { input = [] } of nodes) for (const name of input) readers.set(name, (readers.get(name) ?? 0) + 1);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const replaced = new Map<string, NodeDef>();
  const gone = new Set<string>();
  for (const node of nodes) {
    const before = node.op === 'Relu' ? byName.get(node.input![0]!) : undefined;
    if (!before || !fusing.has(before.op) || readers.get(before.name) !== 1 || outputs.has(before.name)) continue;
    replaced.set(node.name, {
      ...before,
      name: node.name,
      attr: { ...before.attr, fused_ops: textsAttr(['BiasAdd', 'Relu']) },
    });
    gone.add(before.name);
  }
  return nodes.filter(({ name }) => !gone.has(name)).map((node) => replaced.get(node.name) ?? node);
}
