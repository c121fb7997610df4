/** The Relu or Clip behind an operation: a fused activation where one leaves the same codes, otherwise MAXIMUM and MINIMUM. */
import type { Quantization } from '../../../integer/integer-graph.js';
import type { Clamp } from '../../../integer/operations.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import type { Layout } from '../layout/layout.js';
import { ACTIVATION, type Activation } from '../schema/operator-options.js';

const LEAST = -128;
const MOST = 127;

/** Least and greatest real number that an activation lets pass. */
const BOUNDS: Readonly<Record<Activation, readonly [number, number]>> = {
  NONE: [-Infinity, Infinity],
  RELU: [0, Infinity],
  RELU_N1_TO_1: [-1, 1],
  RELU6: [0, 6],
};

/** Codes that a fused activation leaves, as TFLite computes them (CalculateActivationRangeQuantized). */
function codesOf(activation: Activation, { scales, zeroPoint }: Quantization): Clamp {
  const [least, most] = BOUNDS[activation];
  const code = (real: number) => zeroPoint + Math.round(Math.abs(real) / scales[0]!) * Math.sign(real);
  return { least: Math.max(LEAST, code(least)), most: Math.min(MOST, code(most)) };
}

function fusedActivation(clamp: Clamp, quantization: Quantization): Activation | undefined {
  return (Object.keys(ACTIVATION) as Activation[]).find((activation) => {
    const { least, most } = codesOf(activation, quantization);
    return least === clamp.least && most === clamp.most;
  });
}

/** Whether there is nothing to clamp. */
export function leavesAll({ least, most }: Clamp): boolean {
  return least === LEAST && most === MOST;
}

/**
 * Defines an output with a clamp.
 *
 * @param emit adds the operator that writes to this tensor, with the number of this activation
 */
export function defineClamped(
  context: LoweringContext,
  output: string,
  layout: Layout,
  clamp: Clamp,
  emit: (index: number, activation: number) => void,
): void {
  const activation = fusedActivation(clamp, context.quantizationOf(output));
  if (activation !== undefined) {
    emit(context.define(output, layout), ACTIVATION[activation]);
    return;
  }
  const unclamped = context.temporary(output, layout);
  emit(unclamped, ACTIVATION.NONE);
  defineBounded(context, output, layout, unclamped, clamp);
}

/** Defines an output as the codes of a tensor with the same quantization, none below or above the clamp. */
export function defineBounded(
  context: LoweringContext,
  output: string,
  layout: Layout,
  input: number,
  { least, most }: Clamp,
): void {
  const bounds = [
    ...(least > LEAST ? [{ code: 'MAXIMUM', bound: least } as const] : []),
    ...(most < MOST ? [{ code: 'MINIMUM', bound: most } as const] : []),
  ];
  const { scales, zeroPoint } = context.quantizationOf(output);
  bounds.reduce((x, { code, bound }, step) => {
    const limit = context.builder.constant({
      shape: [1],
      type: 'int8',
      quantization: { scales, zeroPoint, axis: 0 },
      data: Int8Array.of(bound),
    });
    const isLast = step === bounds.length - 1;
    const y = isLast ? context.define(output, layout) : context.temporary(output, layout);
    context.builder.operator(code, [x, limit], y);
    return y;
  }, input);
}
