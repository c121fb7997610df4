/** Chosen slices along an axis: another view where the indices are evenly spaced, otherwise a copy of each run of them. */
import { natural, reshaped, sliced, type View } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerGather: Lowering<'Gather'> = (context, operation) => {
  const { axis, indices } = operation.attributes;
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const view = context.view(x);
  const { shape } = context.tensorOf(y);
  const runs = evenRuns(indices);
  if (runs.length === 1) {
    const chosen = along(view, axis, runs[0]!);
    context.alias(y, shape.length === view.shape.length ? chosen : withoutAxis(chosen, axis));
    return;
  }
  // More than one index: the axis may have become several, but not vanished.
  const output = context.define(y, context.preferredOrder(y) ?? natural(shape.length));
  const target =
    reshaped(output, view.shape.with(axis, indices.length)) ??
    context.operands(operation).refuse(`[${view.shape}] to [${shape}]`, 'gather with a list of indices');
  for (const { at, ...run } of runs) {
    context.addCopy(along(view, axis, run), along(target, axis, { start: at, step: 1, count: run.count }));
  }
};

interface Run {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Indices as runs of equal distances; `at` is where a run begins. */
function evenRuns(indices: readonly number[]): (Run & { readonly at: number })[] {
  const runs: (Run & { readonly at: number })[] = [];
  for (const [at, index] of indices.entries()) {
    const run = runs.at(-1);
    if (run?.count === 1) runs[runs.length - 1] = { ...run, step: index - run.start, count: 2 };
    else if (run && run.start + run.count * run.step === index)
      runs[runs.length - 1] = { ...run, count: run.count + 1 };
    else runs.push({ start: index, step: 1, count: 1, at });
  }
  return runs;
}

function along(view: View, axis: number, { start, step, count }: Run): View {
  const zeros = view.shape.map(() => 0);
  const ones = view.shape.map(() => 1);
  return sliced(view, zeros.with(axis, start), ones.with(axis, step), view.shape.with(axis, count));
}

function withoutAxis(view: View, axis: number): View {
  return { ...view, shape: view.shape.toSpliced(axis, 1), strides: view.strides.toSpliced(axis, 1) };
}
