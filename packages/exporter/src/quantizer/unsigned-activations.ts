/** The same int8 graph for onnxruntime on x86, which has fast kernels for unsigned activations alone. */
import { type Model, tensor } from '@edgebeat/graph';

/** From an int8 code to the uint8 one for the same number. */
const SHIFT = 128;

/**
 * Writes activations as uint8: every code and zero point is 128 greater, so that all real numbers, and all roundings, are the same.
 * Weights stay int8, biases int32. onnxruntime (1.30, x86) makes one integer kernel of each operator then; given int8, it turns
 * only some of the pairs, and computes the operators between unlike ones in float32.
 *
 * @param model as `quantizeModel` writes it.
 */
export function withUnsignedActivations(model: Model): Model {
  const { graph } = model;
  const zeroPoints = new Set(
    graph.nodes.flatMap(({ operator, inputs }) => (operator === 'QuantizeLinear' ? inputs.slice(2) : [])),
  );
  const initializers = graph.initializers.map((constant) => {
    const { name, dtype, shape, data } = constant;
    if (!zeroPoints.has(name) || dtype !== 'int8') return constant;
    return tensor(
      name,
      'uint8',
      shape,
      Uint8Array.from(data, (code) => code + SHIFT),
    );
  });
  return { ...model, graph: { ...graph, initializers } };
}
