/** From counted calls to what each kernel costs, and that as a file. */
import { spawnSync } from 'node:child_process';
import type { KernelCall } from '@edgebeat/exporter';
import { armCompiler, type Board } from '../firmware/boards.js';
import { type CountedCall, fitKernel, type KernelFit } from './fit.js';

/** A network's instructions for one window, without the making of its codes. */
export interface NetworkCount {
  readonly model: string;
  readonly counted: number;
  readonly modelled: number;
  /** Greatest relative error of a step that is a hundredth of the whole or more. */
  readonly worstStep: number;
}

export interface Costs {
  /** By kernel, in alphabetical order. */
  readonly kernels: ReadonlyMap<string, KernelFit>;
  compare(calls: readonly KernelCall[], counts: readonly number[]): Omit<NetworkCount, 'model'>;
}

/** @param counts of each call of each graph */
export function costsOf(graphs: readonly (readonly KernelCall[])[], counts: readonly (readonly number[])[]): Costs {
  const byKernel = new Map<string, CountedCall[]>();
  graphs.forEach((calls, graph) => {
    calls.forEach(({ kernel, work }, call) => {
      const known = byKernel.get(kernel) ?? [];
      byKernel.set(kernel, [...known, { work, instructions: counts[graph]![call]! }]);
    });
  });
  const kernels = new Map([...byKernel.keys()].sort().map((kernel) => [kernel, fitKernel(byKernel.get(kernel)!)]));
  const modelled = ({ kernel, work }: KernelCall) =>
    Object.entries(work).reduce((sum, [part, runs]) => sum + runs * kernels.get(kernel)!.costs[part]!, 0);
  return {
    kernels,
    compare(calls, network) {
      const counted = sum(network);
      const large = calls.flatMap((call, i) =>
        network[i]! >= counted / 100 ? [Math.abs(modelled(call) / network[i]! - 1)] : [],
      );
      return { counted, modelled: Math.round(sum(calls.map(modelled))), worstStep: round(Math.max(...large)) };
    },
  };
}

interface CoreCosts {
  readonly core: string;
  readonly board: Board;
  readonly costs: Costs;
  readonly checks: readonly NetworkCount[];
}

/** The text of the generated file. */
export function writeCosts(cores: readonly CoreCosts[]): string {
  const [compiler] = spawnSync(armCompiler, ['--version'], { encoding: 'utf8' }).stdout.split('\n');
  const of = ({ core, board, costs, checks }: CoreCosts) => `  '${core}': {
    /** QEMU's machine. */
    board: '${board.name}',
    kernels: {
${[...costs.kernels].map(([kernel, fit]) => `      // ${fit.calls} calls, ${percent(fit.worst)} off at most\n      ${kernel}: ${listed(fit.costs)},`).join('\n')}
    },
    /** Whole networks, for one window. */
    networks: [
${checks.map((check) => `      ${listed({ ...check, model: `'${check.model}'` })},`).join('\n')}
    ],
  },`;
  return `/**
 * Written by \`npm run firmware:costs\`: instructions of the parts of each kernel, fitted to counts in QEMU. ${compiler}, -O2.
 */
export const KERNEL_COSTS = {
${cores.map(of).join('\n')}
} as const;
`;
}

const listed = (record: Readonly<Record<string, unknown>>) =>
  `{ ${Object.entries(record)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')} }`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const round = (share: number) => Number(share.toFixed(4));
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
