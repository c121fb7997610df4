/** Quantized graphs in the sessions that evaluate and calibrate. */
import { encodeModel, GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { WindowSession } from '../../src/inference/window-session.js';

/** x in steps of 1/2, its last two samples, times 3: [N, 4] to [N, 2]. */
function quantized(): Model {
  const g = new GraphBuilder('quantized');
  const [scale, zeroPoint] = [g.float32(0.5), g.constant(tensor('zero point', 'int8', [], [-100]))];
  const x = g.input('x', 'float32', ['N', 4]);
  const stepped = g.dequantizeLinear(g.quantizeLinear(x, scale, zeroPoint), scale, zeroPoint);
  const last = g.slice(stepped, g.int64([2]), g.int64([4]), g.int64([1]));
  g.output('y', g.gemm(last, g.constant(tensor('w', 'float32', [2, 2], [3, 0, 0, 3]))));
  return g.build();
}

test('an int8 pair before a Slice is run as it is written', async () => {
  const model = quantized();
  const file = { name: 'quantized', bytes: encodeModel(model), inputs: model.graph.inputs };
  const session = await WindowSession.create(file, [4], {});
  try {
    // Below the least code, −14, and between two.
    const { y } = await session.run([Float32Array.of(9, 9, -20, 1.3)], ['y']);
    expect([...y[0]!]).toEqual([-42, 4.5]);
  } finally {
    await session.release();
  }
});
