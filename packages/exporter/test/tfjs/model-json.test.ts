/** What stands in the files: names, shapes, metadata, shards; and that TensorFlow.js loads them as it loads anybody's. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { ExportError, tfjsFiles, toTfjs } from '../../src/index.js';
import { loadTfjs, runTfjs, useBackend } from './run-tfjs.js';

beforeAll(() => useBackend('wasm'));

/** y = w · x with so many rows of w, names that TensorFlow does not take, and metadata. */
function product(rows = 4): Model {
  const g = new GraphBuilder('product');
  const x = g.input('the input:0', 'float32', ['N', 3]);
  const data = Float32Array.from({ length: 3 * rows }, (_, at) => (at % 17) / 16);
  g.output('^out', g.matMul(x, g.constant(tensor('w', 'float32', [3, rows], data))));
  return g.build({
    metadata: new Map([
      ['edgebeat.name', 'product'],
      ['author', 'somebody'],
    ]),
  });
}

const input = { 'the input:0': { data: Float32Array.of(1, 2, 3), shape: [1, 3], dtype: 'float32' as const } };

test('the signature has the names and shapes of ONNX, the batch open', () => {
  const { modelJson } = toTfjs(product());
  expect(modelJson.format).toBe('graph-model');
  expect(modelJson.signature.inputs).toMatchObject({
    'the input:0': { dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '3' }] } },
  });
  expect(modelJson.signature.outputs).toMatchObject({
    '^out': { tensorShape: { dim: [{ size: '-1' }, { size: '4' }] } },
  });
  for (const { name } of modelJson.modelTopology.node) expect(name).toMatch(/^[A-Za-z0-9.][A-Za-z0-9._/-]*$/);
});

test("metadata are edgebeat's own", () => {
  expect(toTfjs(product()).modelJson.userDefinedMetadata).toEqual({ 'edgebeat.name': 'product' });
});

test('weights beyond 4 MiB are cut into shards', async () => {
  const exported = toTfjs(product(700_000));
  expect([...exported.shards].map(([name, { length }]) => [name, length])).toEqual([
    ['group1-shard1of3.bin', 4194304],
    ['group1-shard2of3.bin', 4194304],
    ['group1-shard3of3.bin', 8400000 - 2 * 4194304],
  ]);
  const loaded = await loadTfjs(exported);
  const { '^out': out } = await runTfjs(loaded, input, ['^out']);
  loaded.dispose();
  expect(out!.data[699_999]).toBeCloseTo(((699_999 % 17) + 2 * (1_399_999 % 17) + 3 * (2_099_999 % 17)) / 16, 5);
});

test('float16 halves them', async () => {
  const whole = toTfjs(product());
  const half = toTfjs(product(), { float16: true });
  const bytes = ({ shards }: typeof whole) => [...shards.values()].reduce((sum, { length }) => sum + length, 0);
  expect(bytes(half)).toBe(bytes(whole) / 2);
  const loaded = await loadTfjs(half);
  const { '^out': out } = await runTfjs(loaded, input, ['^out']);
  loaded.dispose();
  // Sixteenths are exact in float16.
  expect(Array.from(out!.data)).toEqual([0, 1, 2, 3].map((c) => (c + 2 * (c + 4) + 3 * (c + 8)) / 16));
});

test('the same model gives the same files', () => {
  expect(tfjsFiles(toTfjs(product()))).toEqual(tfjsFiles(toTfjs(product())));
});

test('TensorFlow.js loads the files from a web server', async () => {
  const files = tfjsFiles(toTfjs(product()));
  const server = createServer((request, response) => response.end(files.get(request.url!.slice(1))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const loaded = await loadGraphModel(`http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`);
    const { '^out': out } = await runTfjs(loaded, input, ['^out']);
    loaded.dispose();
    expect(out!.shape).toEqual([1, 4]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe('what TensorFlow.js cannot run is refused by the node', () => {
  const refusals: Record<string, [(g: GraphBuilder) => void, RegExp]> = {
    'an int8 model': [
      (g) => g.output('y', g.quantizeLinear(g.input('x', 'float32', ['N', 2]), g.float32(0.5), { name: 'q' })),
      /^node "q" \(QuantizeLinear\): .*int8/,
    ],
    'a training operator': [
      (g) => g.output('y', g.log(g.input('x', 'float32', ['N']))),
      /\(Log\): is an operator of training/,
    ],
    float64: [
      (g) => g.output('y', g.neg(g.input('x', 'float64', ['N']))),
      /graph input "x": is of element type float64/,
    ],
    'arithmetic on whole numbers': [
      (g) => g.output('y', g.neg(g.input('x', 'int64', ['N']))),
      /\(Neg\): computes with int64/,
    ],
    'dilated pooling': [
      (g) => g.output('y', g.maxPool(g.input('x', 'float32', ['N', 1, 9]), { kernel_shape: [2], dilations: [2] })),
      /\(MaxPool\): has dilations/,
    ],
    'places of maxima': [
      (g) =>
        g.output(
          'y',
          g.node('MaxPool', [g.input('x', 'float32', ['N', 1, 9])], {
            outputs: 2,
            attributes: { kernel_shape: [2] },
          })[1]!,
        ),
      /\(MaxPool\): gives the places/,
    ],
    'three dimensions': [
      (g) =>
        g.output(
          'y',
          g.conv(g.input('x', 'float32', ['N', 1, 3, 3, 3]), g.constant(tensor('w', 'float32', [1, 1, 1, 1, 1], [1]))),
        ),
      /\(Conv\): convolves 3 dimensions/,
    ],
    'padding by the edge': [
      (g) => g.output('y', g.pad(g.input('x', 'float32', ['N', 3]), g.int64([0, 1, 0, 1]), { mode: 'edge' })),
      /\(Pad\): pads by mode edge/,
    ],
    'two symbolic dimensions': [
      (g) => g.output('y', g.neg(g.input('x', 'float32', ['N', 'M']))),
      /"x": has several symbolic/,
    ],
    'seven dimensions': [
      (g) => g.output('y', g.neg(g.input('x', 'float32', ['N', 1, 1, 1, 1, 1, 1]))),
      /\(Neg\): "x" has 7 dimensions/,
    ],
    'statistics that are computed': [
      (g) => {
        const [x, s] = [g.input('x', 'float32', ['N', 3, 4]), g.input('s', 'float32', [3])];
        g.output('y', g.batchNormalization(x, s, s, s, s));
      },
      /\(BatchNormalization\): has statistics/,
    ],
    'a batch that is spread to': [
      (g) =>
        g.output(
          'y',
          g.matMul(
            g.input('x', 'float32', ['N', 1, 2, 3]),
            g.constant(tensor('w', 'float32', [5, 3, 1], new Float32Array(15))),
          ),
        ),
      /\(MatMul\): spreads .* over the batch N/,
    ],
    'numbers beyond 32 bits': [
      (g) => g.output('y', g.gather(g.constant(tensor('big', 'int64', [1], [2 ** 40])), g.input('x', 'int64', ['N']))),
      /initializer "big": holds 1099511627776/,
    ],
  };

  test.each(Object.entries(refusals))('%s', (_, [make, message]) => {
    const g = new GraphBuilder('refused');
    make(g);
    let thrown: unknown;
    try {
      toTfjs(g.build());
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExportError);
    expect((thrown as ExportError).message).toMatch(message);
    expect((thrown as ExportError).hint).toMatch(/./);
  });
});
