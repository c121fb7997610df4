/** Reverse accumulation: from gradients by some values back to gradients by others, along the nodes of a tape. */
import type { Value } from '@edgebeat/graph';
import { AutodiffError } from './autodiff-error.js';
import { requireFixedSizes } from './fixed-sizes.js';
import { type Gradient, GradientCall } from './gradient.js';
import { gradients as gradientRules } from './gradients/index.js';
import type { Tape } from './tape.js';

/** A value whose gradient is known: for a loss, the constant 1. */
export interface Seed {
  readonly value: Value;
  readonly gradient: Value;
}

/**
 * Adds the backward nodes to the tape's graph.
 *
 * @param seeds where the gradients start.
 * @param sources values whose gradients are wanted. Only nodes between these and the seeds get backward nodes.
 * @returns the gradients by `sources`, in order; undefined where no seed depends on one.
 * @throws AutodiffError for an operator on the way that has no gradient, or a node of symbolic dimensions.
 */
export function backward(tape: Tape, seeds: readonly Seed[], sources: readonly Value[]): (Value | undefined)[] {
  const { g } = tape;
  const needed = dependentsOf(tape, sources);
  const known = new Map<Value, Value>();
  const accumulate = (value: Value, gradient: Value) => {
    const sum = known.get(value);
    known.set(value, sum ? g.add(sum, gradient) : gradient);
  };
  for (const { value, gradient } of seeds) {
    if (gradient.shape.join() !== value.shape.join()) {
      throw new AutodiffError(
        `value "${value.name}"`,
        `is [${value.shape}], the gradient to start from [${gradient.shape}]`,
        'give a gradient of the same shape',
      );
    }
    accumulate(value, gradient);
  }
  for (const node of [...tape.nodes].reverse()) {
    const outputGradients = node.outputs.map((output) => known.get(output));
    const wanted = node.inputs.map((input) => input !== undefined && needed.has(input));
    if (!wanted.includes(true) || outputGradients.every((gradient) => gradient === undefined)) continue;
    requireFixedSizes(node.where, [...node.inputs, ...node.outputs]);
    const rule: Gradient<never> = node.rule ?? gradientRules[node.operator];
    const call = new GradientCall<never>(g, node, outputGradients, wanted, (value) => tape.constant(value));
    rule.backward(call).forEach((gradient, index) => {
      const input = node.inputs[index];
      if (!gradient || !input || !wanted[index]) return;
      if (gradient.shape.join() !== input.shape.join()) {
        throw new AutodiffError(
          node.where,
          `the gradient by input ${index} is [${gradient.shape}], the input [${input.shape}]`,
          'correct the gradient rule of the operator',
        );
      }
      accumulate(input, gradient);
    });
  }
  return sources.map((source) => known.get(source));
}

/** The sources and everything computed from them. */
function dependentsOf(tape: Tape, sources: readonly Value[]): ReadonlySet<Value> {
  const dependents = new Set(sources);
  for (const { inputs, outputs } of tape.nodes) {
    if (inputs.some((input) => input !== undefined && dependents.has(input))) {
      for (const output of outputs) dependents.add(output);
    }
  }
  return dependents;
}
