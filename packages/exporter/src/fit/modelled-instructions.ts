/** Instructions of calls of kernels, by what was counted of each kernel in QEMU. */
import type { KernelName } from '../backends/c/source/kernels.js';
import type { Core } from './cores.js';
import type { KernelCall } from './kernel-calls.js';
import { KERNEL_COSTS } from './kernel-costs.gen.js';

/** Instructions of one run of each part of a kernel: see `KernelWork`. */
type KernelCosts = Readonly<Record<KernelName, Readonly<Record<string, number>>>>;

/** A whole network, counted. */
interface Check {
  readonly counted: number;
  readonly modelled: number;
}

const COSTS: Readonly<Record<Core, { readonly kernels: KernelCosts; readonly networks: readonly Check[] }>> =
  KERNEL_COSTS;

/** How far the model is off for whole networks that were counted, at most: a fraction of 1. */
export const MODELLED_WITHIN = Math.max(
  ...Object.values(COSTS).flatMap(({ networks }) =>
    networks.map(({ counted, modelled }) => Math.abs(modelled / counted - 1)),
  ),
);

export function modelledInstructions(calls: readonly KernelCall[], core: Core): number {
  const { kernels } = COSTS[core];
  const total = calls.reduce(
    (sum, { kernel, work }) =>
      Object.entries(work).reduce((all, [part, runs]) => all + runs * (kernels[kernel][part] ?? 0), sum),
    0,
  );
  return Math.round(total);
}
