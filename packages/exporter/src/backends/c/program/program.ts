/** An integer graph as calls of kernels, with the memory that they need. */
import { planArena } from '../../../arena/plan-arena.js';
import { shareMemory } from '../../../arena/share-memory.js';
import type { AnyOperation, CodeTensor, IntegerGraph, IntegerTensor } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import { elementCount } from '../../../interpreter/indices.js';
import { LoweringContext } from '../lowering-context.js';
import { LOWERINGS } from '../lowerings/index.js';
import type { Lowering } from '../lowerings/lowering.js';
import { denseView, isDenseIn, isWhole, natural } from '../views/view.js';
import { type Buffer, ELEMENT_BYTES } from './buffer.js';
import type { Constant } from './constant-pool.js';
import type { Step } from './step.js';

export interface ProgramInput {
  readonly buffer: Buffer;
  readonly tensor: CodeTensor;
}

export interface ProgramOutput {
  /** As the model calls it. */
  readonly name: string;
  /** Lies in the caller's memory, in ONNX's order. */
  readonly buffer: Buffer;
  readonly tensor: IntegerTensor;
}

export interface Arena {
  /** Of the buffers that lie in it, by name, in bytes. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** The most that is in use at one time. */
  readonly lowerBound: number;
}

export interface Program {
  readonly inputs: readonly ProgramInput[];
  readonly outputs: readonly ProgramOutput[];
  readonly steps: readonly Step[];
  readonly constants: readonly Constant[];
  readonly arena: Arena;
}

/**
 * @param prefix of the names of arrays
 * @param alignment of everything in the arena, in bytes
 */
export function programOf(graph: IntegerGraph, prefix: string, alignment: number): Program {
  const context = new LoweringContext(graph, prefix);
  for (const operation of graph.operations) lowerOperation(context, operation);
  const outputs = outputsOf(context);
  return {
    inputs: graph.inputs.map((name) => ({
      buffer: context.view(name).buffer,
      tensor: context.tensorOf(name) as CodeTensor,
    })),
    outputs,
    steps: context.steps,
    constants: context.constants.constants,
    arena: planMemory(context.steps, outputs, alignment),
  };
}

function lowerOperation(context: LoweringContext, operation: AnyOperation): void {
  context.begin(operation);
  (LOWERINGS[operation.operator] as Lowering<OperationName>)(context, operation as never);
}

/** Each output in a buffer of its own, which is the caller's: that in which it was made, or a copy. */
function outputsOf(context: LoweringContext): ProgramOutput[] {
  const taken = new Set<string>();
  return context.graph.outputs.map(({ name, tensor: tensorName }) => {
    context.beginOutput(name);
    const tensor = context.tensorOf(tensorName);
    const order = natural(tensor.shape.length);
    const view = context.view(tensorName);
    const isOwn = view.buffer.place === 'arena' && !taken.has(view.buffer.name);
    let { buffer } = view;
    if (!(isOwn && isWhole(view) && isDenseIn(view, order))) {
      buffer = context.temporary(`output ${name}`, elementCount(tensor.shape), context.typeOf(tensorName));
      context.addCopy(view, denseView(buffer, tensor.shape, order));
    }
    taken.add(buffer.name);
    return { name, buffer, tensor };
  });
}

function planMemory(steps: readonly Step[], outputs: readonly ProgramOutput[], alignment: number): Arena {
  const ofCaller = new Set(outputs.map(({ buffer }) => buffer.name));
  const sizes = new Map<string, number>();
  const names = (buffers: readonly Buffer[]) => {
    const inArena = buffers.filter(({ name, place }) => place === 'arena' && !ofCaller.has(name));
    for (const { name, type, count } of inArena) sizes.set(name, count * ELEMENT_BYTES[type]);
    return inArena.map(({ name }) => name);
  };
  const uses = steps.map((step) => ({
    reads: names(step.arguments.flatMap((one) => (one.kind === 'read' ? [one.location.buffer] : []))),
    writes: names(step.arguments.flatMap((one) => (one.kind === 'write' ? [one.location.buffer] : []))),
    scratch: names(step.arguments.flatMap((one) => (one.kind === 'scratch' ? [one.buffer] : []))),
    replaceable: names(step.replaceable),
  }));
  const { blocks, blockOf } = shareMemory(sizes, uses);
  const { offsets, bytes, lowerBound } = planArena(blocks, alignment);
  return { offsets: new Map([...blockOf].map(([name, block]) => [name, offsets.get(block)!])), bytes, lowerBound };
}
