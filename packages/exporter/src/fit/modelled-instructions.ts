/** Instructions of calls of kernels, by what was counted of each kernel in QEMU. */
import type { KernelName } from '../backends/c/source/kernels.js';
import type { Core } from './cores.js';
import type { KernelCall } from './kernel-calls.js';
import { KERNEL_COSTS } from './kernel-costs.gen.js';

/** Instructions of one run of each part of a kernel: see `KernelWork`. */
type KernelCosts = Readonly<Record<KernelName, Readonly<Record<string, number>>>>;

const COSTS: Readonly<Record<Core, { readonly kernels: KernelCosts }>> = KERNEL_COSTS;

export function modelledInstructions(calls: readonly KernelCall[], core: Core): number {
  const { kernels } = COSTS[core];
  const total = calls.reduce(
    (sum, { kernel, work }) =>
      Object.entries(work).reduce((all, [part, runs]) => all + runs * (kernels[kernel][part] ?? 0), sum),
    0,
  );
  return Math.round(total);
}
