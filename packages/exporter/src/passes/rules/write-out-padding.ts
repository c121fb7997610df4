/**
 * Windows as back ends take them, by explicit zeros alone: auto_pad and ceil_mode become pads, and padding that AveragePool counts becomes
 * a Pad before it.
 */
import type { Attribute, Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { attributesIf, integers, ints, node as makeNode, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

export const writeOutPadding: Rule = {
  name: 'write-out-padding',
  match(node, view) {
    const window = windowOf(node, view);
    if (!window) return undefined;
    const { pads, counted, overhangs } = window;
    const kept = [...node.attributes].filter(([name]) => !IMPLICIT.has(name));
    if (!counted || pads.every((size) => size === 0)) {
      return { remove: [node], add: [{ ...node, attributes: new Map([...kept, ['pads', ints(...pads)]]) }] };
    }
    return overhangs ? undefined : paddedBefore(node, view, pads, new Map(kept));
  },
};

/** Attributes that are written out. */
const IMPLICIT: ReadonlySet<string> = new Set(['auto_pad', 'ceil_mode', 'count_include_pad', 'pads']);

interface Window {
  readonly pads: readonly number[];
  /** Whether padding counts in a mean. */
  readonly counted: boolean;
  /** Whether the last window reaches beyond the padding that is stated: what is there counts in no mean. */
  readonly overhangs: boolean;
}

/** The window of a node where something is to be written out. */
function windowOf(node: Node, view: GraphView): Window | undefined {
  const pool = attributesIf(node, 'MaxPool') ?? attributesIf(node, 'AveragePool');
  const attributes = pool ?? attributesIf(node, 'Conv');
  const kernel = pool?.kernel_shape ?? view.constant(node.inputs[1])?.shape.slice(2);
  const [from, to] = [node.inputs[0], node.outputs[0]].map((name) => view.shape(name)?.slice(2));
  if (!attributes || !kernel || !from || !to || node.outputs.length > 1) return undefined;
  const counted = attributesIf(node, 'AveragePool')?.count_include_pad ?? false;
  const ceil = pool?.ceil_mode ?? false;
  if (attributes.auto_pad === 'NOTSET' && !ceil && !counted) return undefined;
  const stated = attributes.pads ?? Array<number>(2 * kernel.length).fill(0);
  const begins: number[] = [];
  const ends: number[] = [];
  for (const [axis, size] of kernel.entries()) {
    const extent = (size - 1) * (attributes.dilations?.[axis] ?? 1) + 1;
    // The last window ends here: what is missing up to there is padding.
    const reach = ((to[axis] as number) - 1) * (attributes.strides?.[axis] ?? 1) + extent;
    const missing = Math.max(0, reach - (from[axis] as number));
    const half = Math.floor(missing / 2);
    const [begin, end] = {
      VALID: [0, 0],
      SAME_UPPER: [half, missing - half],
      SAME_LOWER: [missing - half, half],
      NOTSET: [stated[axis]!, stated[axis + kernel.length]!],
    }[attributes.auto_pad] as [number, number];
    begins.push(begin);
    ends.push(ceil ? Math.max(end, reach - begin - (from[axis] as number)) : end);
    if (ends[axis]! >= size && ends[axis] !== end) return undefined;
  }
  const pads = [...begins, ...ends];
  return { pads, counted, overhangs: ceil && pads.join() !== stated.join() };
}

function paddedBefore(
  node: Node,
  view: GraphView,
  pads: readonly number[],
  attributes: ReadonlyMap<string, Attribute>,
): Replacement {
  const name = nameOf(node);
  const spatial = pads.length / 2;
  const all = integers(view.freeName(`${name}/pads`), [0, 0, ...pads.slice(0, spatial), 0, 0, ...pads.slice(spatial)]);
  const padded = view.freeName(`${name}/padded`);
  return {
    remove: [node],
    add: [
      makeNode('Pad', padded, [node.inputs[0]!, all.name], padded),
      { ...node, inputs: [padded, ...node.inputs.slice(1)], attributes },
    ],
    initializers: [all],
  };
}
