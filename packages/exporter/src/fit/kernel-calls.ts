/** The calls of kernels that one window costs: its codes, and the network. */
import { DEFAULT_ALIGNMENT } from '../backends/c/figures.js';
import { type Program, programOf } from '../backends/c/program/program.js';
import { parameters } from '../backends/c/program/step.js';
import type { KernelName } from '../backends/c/source/kernels.js';
import type { IntegerGraph } from '../integer/integer-graph.js';
import { type KernelWork, workOf } from './kernel-work.js';

export interface KernelCall {
  readonly kernel: KernelName;
  readonly work: KernelWork;
}

/**
 * In the order of the generated code.
 *
 * @throws ExportError for a graph that cannot be written as C
 */
export function kernelCalls(graph: IntegerGraph): KernelCall[] {
  return callsOf(programOf(graph, 'eb_model', DEFAULT_ALIGNMENT));
}

export function callsOf({ steps }: Program): KernelCall[] {
  return steps.map((step) => ({ kernel: step.kernel, work: workOf(step) }));
}

/** What makes codes of a window's numbers, which is no step of the network. */
export function quantizerCalls({ inputs }: Program): KernelCall[] {
  return inputs.map(({ buffer: { name, count } }) => {
    const step = { comment: name, name, kernel: 'eb_quantize_s8', replaceable: [] } as const;
    return {
      kernel: step.kernel,
      work: workOf({ ...step, arguments: [parameters('eb_quantization', { count })] }),
    };
  });
}
