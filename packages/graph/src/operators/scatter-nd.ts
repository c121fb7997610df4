/** ScatterND: `data` with updates at the elements or slices whose first coordinates the last axis of `indices` lists. */
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';
import { scatterReduction } from './scatter-reduction.js';

export const scatterND = operator({
  inputs: ['data', 'indices', 'updates'],
  outputs: ['output'],
  attributes: { reduction: scatterReduction },
  infer(call) {
    const data = call.ranked(0, 1);
    call.dtypeAmong(1, ['int64']);
    const indices = call.ranked(1, 1);
    const coordinates = call.size(indices.at(-1)!, 'the last axis of indices');
    if (coordinates > data.length) {
      call.fail(
        `${call.inputName(1)} lists ${coordinates} coordinates for data of [${data.join(', ')}]`,
        'the last axis of indices holds at most one coordinate per axis of the data',
      );
    }
    call.expectShape(2, [...indices.slice(0, -1), ...data.slice(coordinates)]);
    return [{ dtype: call.commonDtype([0, 2], ANY), shape: data }];
  },
});
