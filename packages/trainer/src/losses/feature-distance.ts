/** Distillation by features: the student's at some depth against the teacher's (Romero et al. 2015). */
import type { GraphBuilder, Value } from '@edgebeat/graph';

/**
 * Mean over the batch of the squared Euclidean distance between the rows, each scaled to norm 1 (Zagoruyko and Komodakis
 * 2017): how large the features are does not matter, where they point does. 0 … 4.
 *
 * @param student [B, D]. @param teacher [B, D]; project the student's first where the widths differ.
 */
export function featureDistance(g: GraphBuilder, student: Value, teacher: Value): Value {
  const difference = g.sub(g.lpNormalization(student, { axis: 1 }), g.lpNormalization(teacher, { axis: 1 }));
  const squares = g.reduceSum(g.mul(difference, difference), g.int64([1]), { keepdims: false });
  return g.reduceMean(squares, g.int64([0]), { keepdims: false });
}
