/** The values of a float network that its int8 graph holds as codes. */
import type { Graph, Node, Tensor } from '@edgebeat/graph';
import { ConstantOrigins } from '../constant-origins.js';

/** A pair of QuantizeLinear and DequantizeLinear on an activation. */
export interface ActivationPair {
  /** Name of the value in the float network. */
  readonly value: string;
  /** The node of the float network that makes it; undefined for an input. */
  readonly maker: Node | undefined;
  /** Name of the codes in the int8 graph, and of the real numbers that they stand for. */
  readonly codes: string;
  readonly dequantized: string;
  readonly scale: number;
  readonly zeroPoint: number;
}

/**
 * In the order of the int8 graph. A pair stands for the value of the float network that its output is named after or, at an input,
 * that it reads; pairs of weights, and of values that the float network does not have, are passed over.
 */
export function activationPairs(float: Graph, int8: Graph): ActivationPair[] {
  const makers = new Map(float.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const origins = new ConstantOrigins(float);
  const inputs = new Set(float.inputs.map(({ name }) => name));
  const constants = new Map(int8.initializers.map((initializer) => [initializer.name, initializer]));
  const quantizers = new Map(
    int8.nodes
      .filter(({ operator, inputs: [real] }) => operator === 'QuantizeLinear' && !constants.has(real!))
      .map((node) => [node.outputs[0]!, node]),
  );
  const pairs = new Map<string, ActivationPair>();
  for (const { operator, inputs: operands, outputs } of int8.nodes) {
    const [codes, scale, zeroPoint] = operands;
    const quantizer = operator === 'DequantizeLinear' ? quantizers.get(codes!) : undefined;
    if (!quantizer) continue;
    const dequantized = outputs[0]!;
    const value = [dequantized, quantizer.inputs[0]!].find((name) => makers.has(name) || inputs.has(name));
    if (value === undefined || origins.has(value) || pairs.has(value)) continue;
    pairs.set(value, {
      ...{ value, maker: makers.get(value), codes: codes!, dequantized },
      scale: numberIn(constants.get(scale!)) ?? 1,
      zeroPoint: numberIn(constants.get(zeroPoint ?? '')) ?? 0,
    });
  }
  return [...pairs.values()];
}

const numberIn = (constant: Tensor | undefined) => (constant ? Number(constant.data[0]) : undefined);
