/** Which activations are in memory at each step of a schedule, when each is kept from its making to its last reading. */
import type { Schedule } from './schedule.js';

export interface MemoryStep {
  /** Of all activations that are live while the step runs, its inputs and outputs among them. */
  readonly bytes: number;
  /** Of those among them that the step itself reads and writes; the rest is kept for later. */
  readonly ownBytes: number;
  /** Their names, in the order in which they are made. */
  readonly live: readonly string[];
}

export interface MemoryUse {
  /** The most that is live at a time: no arena can be smaller, one without gaps is as large. */
  readonly peakBytes: number;
  /** Index of the first step with the peak; −1 without steps. */
  readonly peakStep: number;
  readonly steps: readonly MemoryStep[];
}

/** A buffer: a tensor, and the views of it. */
interface Buffer {
  readonly name: string;
  readonly bytes: number;
  readonly from: number;
  to: number;
}

/** The caller's inputs are live from the first step on, the outputs to the last. Views share the memory of what they show. */
export function memoryOver({ steps, tensors, inputs, outputs }: Schedule): MemoryUse {
  const buffers = new Map<string, Buffer>();
  const make = (name: string, from: number) =>
    buffers.set(name, { name, bytes: tensors.get(name)!.bytes, from, to: from });
  for (const input of inputs) make(input, 0);
  steps.forEach((step, index) => {
    for (const input of step.inputs) buffers.get(input)!.to = index;
    for (const output of step.outputs) {
      const shown = step.isView ? buffers.get(step.inputs[0]!) : undefined;
      if (shown) buffers.set(output, shown);
      else make(output, index);
    }
  });
  for (const output of outputs) {
    const buffer = buffers.get(output);
    if (buffer) buffer.to = steps.length;
  }
  const all = [...new Set(buffers.values())];
  const total = (some: Iterable<Buffer>) => [...some].reduce((sum, { bytes }) => sum + bytes, 0);
  const use = steps.map((step, index): MemoryStep => {
    const live = all.filter(({ from, to }) => from <= index && index <= to);
    const own = new Set([...step.inputs, ...step.outputs].map((name) => buffers.get(name)!));
    return { bytes: total(live), ownBytes: total(own), live: live.map(({ name }) => name) };
  });
  const peakBytes = use.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  return { peakBytes, peakStep: use.findIndex(({ bytes }) => bytes === peakBytes), steps: use };
}
