/** Tile: the input repeated along each axis. */
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const tile = operator({
  inputs: ['input', 'repeats'],
  outputs: ['output'],
  attributes: {},
  infer(call) {
    const shape = call.shape(0);
    call.dtypeAmong(1, ['int64']);
    const repeats = call.integers(1)!;
    if (repeats.length !== shape.length || repeats.some((count) => count < 0)) {
      call.fail(`repeats is [${repeats.join(', ')}] for [${shape.join(', ')}]`, 'give one number per axis, from 0 on');
    }
    return [
      {
        dtype: call.dtypeAmong(0, ANY),
        shape: shape.map((size, axis) =>
          repeats[axis] === 1 ? size : call.size(size, `axis ${axis}`) * repeats[axis]!,
        ),
      },
    ];
  },
});
