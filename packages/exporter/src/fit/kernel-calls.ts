/** The calls of kernels that one window costs: its codes, and the network. */
import { programOf } from '../backends/c/program/program.js';
import { parameters } from '../backends/c/program/step.js';
import type { KernelName } from '../backends/c/source/kernels.js';
import type { IntegerGraph } from '../integer/integer-graph.js';
import { type KernelWork, workOf } from './kernel-work.js';

export interface KernelCall {
  readonly kernel: KernelName;
  readonly work: KernelWork;
}

const ALIGNMENT = 16;

/**
 * In the order of the generated code.
 *
 * @throws ExportError for a graph that cannot be written as C
 */
export function kernelCalls(graph: IntegerGraph): KernelCall[] {
  return programOf(graph, 'eb_model', ALIGNMENT).steps.map((step) => ({ kernel: step.kernel, work: workOf(step) }));
}

/** What makes codes of a window's numbers, which `kernelCalls` does not have. */
export function quantizerCalls(graph: IntegerGraph): KernelCall[] {
  return graph.inputs.map((name) => {
    const count = graph.tensors.get(name)!.shape.reduce((product, size) => product * size, 1);
    const step = { comment: name, name, kernel: 'eb_quantize_s8', replaceable: [] } as const;
    return {
      kernel: step.kernel,
      work: workOf({ ...step, arguments: [parameters('eb_quantization', { count })] }),
    };
  });
}
