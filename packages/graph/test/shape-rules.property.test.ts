/** Shape rules with arithmetic in them, on random arguments, against onnxruntime. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphBuilder } from '../src/index.js';
import { feedsOf, run } from './run-model.js';

async function expectRealShape(g: GraphBuilder, build: () => ReturnType<GraphBuilder['relu']>): Promise<void> {
  g.output('y', build());
  const model = g.build();
  const { y } = await run(model, feedsOf(model.graph));
  expect(model.graph.outputs[0]!.shape).toEqual(y!.shape);
}

test('Slice with any bounds and steps', async () => {
  const bound = fc.integer({ min: -15, max: 15 });
  const step = fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10 }), bound, bound, step, async (size, start, end, stride) => {
      const g = new GraphBuilder('slice');
      const x = g.input('x', 'float32', [2, size]);
      await expectRealShape(g, () => g.slice(x, g.int64([start]), g.int64([end]), g.int64([1]), g.int64([stride])));
    }),
    { numRuns: 120, seed: 1 },
  );
});

const windows = fc
  .record({
    size: fc.integer({ min: 4, max: 20 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 5 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padBegin: fc.integer({ min: 0, max: 3 }),
    padEnd: fc.integer({ min: 0, max: 3 }),
    ceil: fc.boolean(),
    autoPad: fc.constantFrom('NOTSET', 'NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'),
  })
  // onnxruntime wants pads smaller than the kernel and a window that fits. Where windows pad themselves it refuses
  // dilation, and its MaxPool gets negative padding for strides beyond the kernel.
  .filter(({ kernel, stride, padBegin, padEnd, size, dilation, autoPad }) => {
    const fits = padBegin < kernel && padEnd < kernel && (kernel - 1) * dilation < size;
    return fits && !(autoPad.startsWith('SAME') && (dilation > 1 || stride > kernel));
  });

test.each(['maxPool', 'averagePool', 'conv'] as const)('%s with any window', async (method) => {
  await fc.assert(
    fc.asyncProperty(windows, async ({ size, kernel, stride, dilation, padBegin, padEnd, ceil, autoPad }) => {
      const g = new GraphBuilder('window');
      const x = g.input('x', 'float32', [1, 2, size]);
      const pads = autoPad === 'NOTSET' ? [padBegin, padEnd] : undefined;
      const window = { auto_pad: autoPad as 'NOTSET', pads, strides: [stride], dilations: [dilation] };
      await expectRealShape(g, () =>
        method === 'conv'
          ? g.conv(x, g.input('w', 'float32', [3, 2, kernel]), window)
          : g[method](x, { ...window, kernel_shape: [kernel], ceil_mode: ceil }),
      );
    }),
    { numRuns: 120, seed: 2 },
  );
});
