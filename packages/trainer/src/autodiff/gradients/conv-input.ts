/**
 * Gradient of a convolution by its input, as forward convolutions at stride 1: onnxruntime runs those at two to five times
 * the speed of ConvTranspose. A stride s takes the input apart into s phases; to the elements of one phase only every s-th
 * tap of the filter ever came, so each phase is a convolution of dY with those taps, flipped, and the phases are interleaved.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../gradient.js';
import { reshapeTo, zeros } from './broadcast.js';
import type { SlidingAxis } from './sliding-window.js';

/**
 * @param dY [batch, filters, positions…].
 * @param w [filters, channels / group, taps…].
 * @returns [batch, channels, sizes…].
 */
export function convInputGradient(
  g: GraphBuilder,
  dY: Value,
  w: Value,
  axes: readonly SlidingAxis[],
  group: number,
): Value {
  const filters = swapped(g, w, group);
  const phases = (at: number, chosen: readonly Phase[]): Value => {
    const axis = axes[at];
    if (!axis) return convolve(g, dY, filters, chosen, group);
    if (axis.stride === 1) return phases(at + 1, [...chosen, directPhase(axis)]);
    const count = Math.ceil((axis.begin + axis.size) / axis.stride);
    const parts = Array.from({ length: axis.stride }, (_, remainder) =>
      phases(at + 1, [...chosen, stridedPhase(axis, remainder, count)]),
    );
    const woven = interleave(g, parts, at + 2);
    return g.slice(woven, g.int64([axis.begin]), g.int64([axis.begin + axis.size]), g.int64([at + 2]));
  };
  return phases(0, []);
}

/** What one spatial dimension of one stride-1 convolution looks like. */
interface Phase {
  /** The taps that count, ascending: first, and distance; none where `count` is 0. */
  readonly taps: { readonly first: number; readonly step: number; readonly count: number };
  /** Distance of those taps in positions of dY. */
  readonly dilation: number;
  /** Padding of dY before and after; negative values cut. */
  readonly before: number;
  readonly after: number;
  /** Elements of the result. */
  readonly length: number;
}

/** Stride 1: the result is the input's own elements. */
function directPhase({ size, positions, taps, dilation, begin }: SlidingAxis): Phase {
  const reach = (taps - 1) * dilation;
  const before = reach - begin;
  return {
    taps: { first: 0, step: 1, count: taps },
    dilation,
    before,
    after: size - positions - before + reach,
    length: size,
  };
}

/** The elements s·q + remainder of the padded input, q = 0 … length − 1. */
function stridedPhase({ positions, taps, stride, dilation }: SlidingAxis, remainder: number, length: number): Phase {
  const matching = Array.from({ length: taps }, (_, tap) => tap).filter(
    (tap) => (tap * dilation) % stride === remainder,
  );
  const common = greatestCommonDivisor(stride, dilation);
  const first = matching[0] ?? 0;
  const spread = dilation / common;
  const offset = (first * dilation - remainder) / stride;
  const reach = (matching.length - 1) * spread;
  return {
    taps: { first, step: stride / common, count: matching.length },
    dilation: spread,
    before: offset + reach,
    after: length - positions - offset,
    length,
  };
}

function convolve(g: GraphBuilder, dY: Value, filters: Value, phases: readonly Phase[], group: number): Value {
  const shape = [...sizesOf(dY).slice(0, 1), ...sizesOf(filters).slice(0, 1), ...phases.map(({ length }) => length)];
  if (phases.some(({ taps }) => taps.count === 0)) return zeros(g, shape);
  const cut = phases.map(({ before, after }) => [Math.min(before, 0), Math.min(after, 0)] as const);
  const lead = [0, 0];
  const kept = cut.flat().some((count) => count < 0)
    ? g.pad(dY, g.int64([...lead, ...cut.map(([before]) => before), ...lead, ...cut.map(([, after]) => after)]))
    : dY;
  return g.conv(kept, flippedTaps(g, filters, phases), {
    pads: [...phases.map(({ before }) => Math.max(before, 0)), ...phases.map(({ after }) => Math.max(after, 0))],
    dilations: phases.map(({ dilation }) => dilation),
    group,
  });
}

/** The taps of each phase, last first. */
function flippedTaps(g: GraphBuilder, filters: Value, phases: readonly Phase[]): Value {
  const isSingle = sizesOf(filters)
    .slice(2)
    .every((taps) => taps === 1);
  if (isSingle) return filters;
  const starts = phases.map(({ taps }) => taps.first + (taps.count - 1) * taps.step);
  const ends = phases.map(({ taps }) => (taps.first > 0 ? taps.first - 1 : -(2 ** 31)));
  const axes = phases.map((_, index) => index + 2);
  const steps = phases.map(({ taps }) => -taps.step);
  return g.slice(filters, g.int64(starts), g.int64(ends), g.int64(axes), g.int64(steps));
}

/** Filters with inputs and outputs exchanged, within each group: [channels, filters / group, taps…]. */
function swapped(g: GraphBuilder, w: Value, group: number): Value {
  const [filters, channels, ...taps] = sizesOf(w) as [number, number, ...number[]];
  const spatial = taps.map((_, index) => index);
  if (group === 1) return g.transpose(w, { perm: [1, 0, ...spatial.map((index) => index + 2)] });
  const grouped = reshapeTo(g, w, [group, filters / group, channels, ...taps]);
  const exchanged = g.transpose(grouped, { perm: [0, 2, 1, ...spatial.map((index) => index + 3)] });
  return reshapeTo(g, exchanged, [group * channels, filters / group, ...taps]);
}

/** Elements of the parts in turn along an axis. */
function interleave(g: GraphBuilder, parts: readonly Value[], axis: number): Value {
  const sizes = sizesOf(parts[0]!);
  const apart = parts.map((part) => g.unsqueeze(part, g.int64([axis + 1])));
  const joined = g.concat(...(apart as [Value, ...Value[]]), { axis: axis + 1 });
  return reshapeTo(
    g,
    joined,
    sizes.map((size, at) => (at === axis ? size * parts.length : size)),
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
