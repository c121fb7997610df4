/** Shape rules with arithmetic in them, on random arguments, against onnxruntime. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Attribute,
  elementCount,
  GraphBuilder,
  GraphError,
  inferShapes,
  type Model,
  SUPPORTED_IR_VERSION,
  SUPPORTED_OPSET,
  tensor,
} from '../src/index.js';
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

/** Shapes that broadcast: an axis of each is that of the whole or 1, and leading axes may be missing. */
const broadcasting = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((whole) => {
  const part = fc
    .tuple(fc.nat(whole.length), fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }))
    .map(([missing, ones]) => whole.map((size, axis) => (ones[axis] ? 1 : size)).slice(missing));
  return fc.array(part, { minLength: 3, maxLength: 3 });
});

test('Max and Where of any shapes that broadcast', async () => {
  await fc.assert(
    fc.asyncProperty(broadcasting, async (shapes) => {
      const g = new GraphBuilder('broadcast');
      const values = shapes.map((shape, index) => g.input(`x${index}`, 'float32', shape));
      const [a, b, c] = [values[0]!, values[1]!, values[2]!];
      await expectRealShape(g, () => g.max(a, b, c));
      const h = new GraphBuilder('choice');
      const [condition, x, y] = shapes.map((shape, index) =>
        h.input(`x${index}`, index === 0 ? 'bool' : 'float32', shape),
      );
      await expectRealShape(h, () => h.where(condition!, x!, y!));
    }),
    { numRuns: 60, seed: 3 },
  );
});

type ScatterOrGather = 'ScatterND' | 'ScatterElements' | 'GatherElements';

interface IndexedShapes {
  readonly data: readonly number[];
  readonly indices: readonly number[];
  readonly updates: readonly number[];
  readonly axis: number;
}

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** Shapes of ScatterND; updates that fit and others. */
const slices: fc.Arbitrary<IndexedShapes> = fc
  .record({
    data: sizes,
    places: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    coordinates: fc.integer({ min: 1, max: 4 }),
    updates: sizes,
    fitting: fc.boolean(),
  })
  .map(({ data, places, coordinates, updates, fitting }) => ({
    data,
    indices: [...places, coordinates],
    updates: fitting ? [...places, ...data.slice(coordinates)] : updates,
    axis: 0,
  }));

/** Shapes of GatherElements and ScatterElements; indices that stay within the data but along the axis, and others. */
const elements: fc.Arbitrary<IndexedShapes> = fc
  .record({ data: sizes, others: sizes, updates: sizes, fitting: fc.boolean(), axis: fc.integer({ min: -4, max: 3 }) })
  .map(({ data, others, updates, fitting, axis }) => {
    const indexed = axis < 0 ? axis + data.length : axis;
    const indices = data.map((size, at) => (at === indexed ? (others[0] ?? 1) : Math.min(size, others[at] ?? size)));
    return fitting ? { data, indices, updates: indices, axis } : { data, indices: others, updates, axis };
  });

/** A model of one node, not inferred, so that onnxruntime gets to see the faulty ones, too. */
function scatterOrGather(operator: ScatterOrGather, { data, indices, updates, axis }: IndexedShapes): Model {
  const shapes = operator === 'GatherElements' ? { x: data } : { x: data, u: updates };
  const attributes = new Map<string, Attribute>(
    operator === 'ScatterND' ? [] : [['axis', { kind: 'int', value: axis }]],
  );
  return {
    irVersion: SUPPORTED_IR_VERSION,
    opset: SUPPORTED_OPSET,
    producer: { name: 'test', version: '' },
    metadata: new Map(),
    graph: {
      name: operator,
      inputs: Object.entries(shapes).map(([name, shape]) => ({ name, dtype: 'float32', shape })),
      outputs: [{ name: 'y', dtype: 'float32' }],
      nodes: [{ operator, name: '', inputs: 'u' in shapes ? ['x', 'i', 'u'] : ['x', 'i'], outputs: ['y'], attributes }],
      initializers: [tensor('i', 'int64', indices, new BigInt64Array(elementCount(indices)))],
      valueInfo: [],
    },
  };
}

test.each<[ScatterOrGather, fc.Arbitrary<IndexedShapes>]>([
  ['ScatterND', slices],
  ['ScatterElements', elements],
  ['GatherElements', elements],
])('%s takes the shapes that onnxruntime takes, and no others', async (operator, shapes) => {
  let [taken, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(shapes, async (some) => {
      const model = scatterOrGather(operator, some);
      const result = await run(model, feedsOf(model.graph)).catch(() => undefined);
      if (result) {
        taken++;
        expect(inferShapes(model.graph).get('y')).toEqual({ dtype: 'float32', shape: result.y!.shape });
      } else {
        refused++;
        expect(() => inferShapes(model.graph)).toThrow(GraphError);
      }
    }),
    { numRuns: 200, seed: 4 },
  );
  expect(Math.min(taken, refused)).toBeGreaterThan(30);
});
