/** Distillation by soft labels (Hinton, Vinyals and Dean 2015). */
import type { GraphBuilder, Value } from '@edgebeat/graph';

/**
 * T² · mean over the batch of KL(teacher ‖ student), both softened by the temperature T. The factor T² keeps the size of the
 * gradients independent of T.
 *
 * @param student logits [B, classes]. @param teacher logits [B, classes]; receives no gradient when it is a graph input.
 * @returns a scalar, at least 0.
 */
export function softLabelDivergence(g: GraphBuilder, student: Value, teacher: Value, temperature: number): Value {
  const cool = g.float32(1 / temperature);
  const logStudent = g.logSoftmax(g.mul(student, cool), { axis: 1 });
  const logTeacher = g.logSoftmax(g.mul(teacher, cool), { axis: 1 });
  const difference = g.mul(g.exp(logTeacher), g.sub(logTeacher, logStudent));
  const perExample = g.reduceSum(difference, g.int64([1]), { keepdims: false });
  return g.mul(g.reduceMean(perExample, g.int64([0]), { keepdims: false }), g.float32(temperature ** 2));
}
