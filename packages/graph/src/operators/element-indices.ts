/** The indices of GatherElements and ScatterElements: one per element, counting along one axis of the data. */
import type { OperatorCall } from './operator.js';

/**
 * Checks input 1, the indices, against input 0, the data, and gives their shape: of the data's rank, and in no axis but
 * the indexed one longer than the data. The values are not known before running; negative ones count from the end.
 */
export function elementIndices(call: OperatorCall<{ readonly axis: number }>) {
  const data = call.ranked(0, 1);
  call.dtypeAmong(1, ['int64', 'int32']);
  const indices = call.ranked(1, data.length, data.length);
  const indexed = call.axis(call.attributes.axis, data.length);
  indices.forEach((size, axis) => {
    const most = data[axis]!;
    // A symbolic dimension has at least one element; what else it might hold is not known.
    const fits = size === most || size === 1 || (typeof size === 'number' && typeof most === 'number' && size < most);
    if (axis !== indexed && !fits) {
      call.fail(
        `${call.inputName(1)} is [${indices.join(', ')}], the data are [${data.join(', ')}]`,
        `only in axis ${indexed} may there be more indices than data: ${size} against ${most} in axis ${axis}`,
      );
    }
  });
  return indices;
}
