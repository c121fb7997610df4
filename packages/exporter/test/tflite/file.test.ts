/** The file itself: what stands where, what is shared, which versions operators have. */
import { describe, expect, test } from '@jest/globals';
import { operatorVersion } from '../../src/backends/tflite/schema/operator-version.js';
import { ALL_CODES, describeTflite, ExportError, TFLITE_METADATA, toTflite } from '../../src/index.js';
import { CASES } from '../tflite-cases/index.js';
import { biases, codes, integerGraph, weights } from './integer-graphs.js';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const conv = CASES.Conv[0]!.graph;

describe('the model', () => {
  test('has its identifier, and is the same for the same graph', () => {
    const bytes = toTflite(conv);
    expect(text(bytes.subarray(4, 8))).toBe('TFL3');
    expect(bytes.length % 16).toBe(0);
    expect(toTflite(conv)).toEqual(bytes);
  });

  test('carries description and metadata', () => {
    const metadata = new Map([
      ['edgebeat.rate', '250'],
      ['edgebeat.window', '{"kind":"identity"}'],
    ]);
    const read = describeTflite(toTflite(conv, { metadata, description: 'a test' }));
    expect(read.description).toBe('a test');
    expect(JSON.parse(text(read.metadata.get(TFLITE_METADATA)))).toEqual(Object.fromEntries(metadata));
    expect(text(read.metadata.get('min_runtime_version'))).toMatch(/^1\.15\.0\0+$/);
  });

  test('asks for the TensorFlow Lite that has its operators', () => {
    const gelu = CASES.LookUp.find(({ title }) => title === 'Gelu')!;
    expect(text(describeTflite(toTflite(gelu.graph)).metadata.get('min_runtime_version'))).toMatch(/^2\.8\.0/);
  });

  test('names inputs and outputs, in the signature and as tensors', () => {
    const { inputs, outputs, tensors } = describeTflite(toTflite(conv));
    expect([...inputs, ...outputs].map(({ name }) => name)).toEqual(['x', 'Y']);
    expect(tensors[inputs[0]!.tensor]).toMatchObject({ name: 'x', shape: [1, 3, 30], type: 'int8' });
    expect(tensors[outputs[0]!.tensor]).toMatchObject({ name: 'Y', shape: [1, 8, 26], type: 'int8' });
  });
});

describe('quantization', () => {
  test('is for each output channel of weights and biases, along their dimension', () => {
    const { operators, tensors } = describeTflite(toTflite(conv));
    const [, filter, bias] = operators.find(({ operator }) => operator === 'CONV_2D')!.inputs as number[];
    expect(tensors[filter!]).toMatchObject({ shape: [8, 1, 5, 3], axis: 0, zeroPoints: Array(8).fill(0) });
    expect(tensors[filter!]!.scales).toHaveLength(8);
    expect(tensors[bias!]!.scales).toEqual([
      ...(conv.tensors.get('b') as { quantization: { scales: Float32Array } }).quantization.scales,
    ]);
  });

  test('lies along the last dimension of depthwise filters', () => {
    const { graph } = CASES.Conv.find(({ title }) => title === 'depthwise')!;
    const { operators, tensors } = describeTflite(toTflite(graph));
    const [, filter] = operators.find(({ operator }) => operator === 'DEPTHWISE_CONV_2D')!.inputs as number[];
    expect(tensors[filter!]).toMatchObject({ shape: [1, 1, 3, 4], axis: 3 });
  });
});

test('equal constants stand in the file once', () => {
  const w = weights([64, 64], 1);
  const layer = (x: string, y: string, weight: string) =>
    ({ operator: 'Gemm', inputs: [x, weight, 'b'], outputs: [y], attributes: { clamp: ALL_CODES } }) as const;
  const network = (second: string) =>
    integerGraph(
      {
        x: codes([1, 64], 0.03),
        y: codes([1, 64], 0.03),
        z: codes([1, 64], 0.03),
        w,
        v: weights([64, 64], 2),
        b: biases(w, 0.03, 2),
      },
      ['x'],
      [layer('x', 'y', 'w'), layer('y', 'z', second)],
      ['z'],
    );
  expect(toTflite(network('v')).length - toTflite(network('w')).length).toBeGreaterThanOrEqual(64 * 64);
});

describe('versions of operators', () => {
  const versions = new Map<string, number>(
    Object.values(CASES)
      .flat()
      .flatMap(({ graph }) => {
        const { operators, tensors } = describeTflite(toTflite(graph));
        return operators.map(
          ({ operator, version, inputs }) => [`${operator} ${tensors[inputs[0]!]!.type}`, version] as const,
        );
      }),
  );

  test.each([
    ['CONV_2D int8', 3],
    ['DEPTHWISE_CONV_2D int8', 3],
    ['ADD int8', 2],
    ['ADD int32', 1],
    ['ADD float32', 1],
    ['SUB int8', 2],
    ['BATCH_MATMUL int8', 2],
    ['MEAN int8', 2],
    ['SOFTMAX int8', 2],
    ['LOGISTIC int8', 2],
    ['TANH int8', 2],
    ['L2_NORMALIZATION int8', 2],
    ['RESHAPE int8', 1],
    ['PAD int8', 2],
    ['PADV2 int8', 2],
    ['QUANTIZE float32', 1],
    ['DEQUANTIZE int8', 2],
    ['CONCATENATION int8', 2],
    ['STRIDED_SLICE int8', 2],
    ['GATHER int8', 2],
    ['CAST int8', 3],
    ['BROADCAST_TO int8', 3],
    ['MAX_POOL_2D int8', 2],
    ['REDUCE_MAX int8', 2],
    ['RELU int8', 2],
    ['SQRT float32', 1],
  ])('%s: %i', (operator, version) => {
    expect(versions.get(operator)).toBe(version);
  });

  test('depend on ranks and on the scale of a product', () => {
    const tensor = (shape: number[], scale: number) =>
      ({ shape, type: 'int8', quantization: { scales: Float32Array.of(scale), zeroPoint: 0, axis: 0 } }) as const;
    const cube = tensor([1, 2, 3], 0.5);
    const five = tensor([1, 2, 3, 4, 5], 0.5);
    expect(operatorVersion('TRANSPOSE', [five], [five])).toBe(4);
    expect(operatorVersion('TRANSPOSE', [cube], [cube])).toBe(2);
    expect(operatorVersion('SUB', [five, tensor([5], 1)], [five])).toBe(3);
    expect(operatorVersion('MUL', [cube, cube], [tensor([1, 2, 3], 0.3)])).toBe(2);
    expect(operatorVersion('MUL', [cube, cube], [tensor([1, 2, 3], 0.25)])).toBe(3);
  });
});

describe('refusals name the node, the reason and what is supported', () => {
  test.each([
    [
      'a convolution over three dimensions',
      () => {
        const w = weights([2, 1, 2, 2, 2], 1);
        const attributes = {
          strides: [1, 1, 1],
          dilations: [1, 1, 1],
          pads: [0, 0, 0, 0, 0, 0],
          group: 1,
          clamp: ALL_CODES,
        };
        return integerGraph(
          { x: codes([1, 1, 4, 4, 4], 0.1), w, b: biases(w, 0.1, 1), y: codes([1, 2, 3, 3, 3], 0.1) },
          ['x'],
          [{ operator: 'Conv', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes }],
          ['y'],
        );
      },
      'node "Conv0" (Conv): TFLite has no convolution over 3 dimensions',
      'one or two are supported',
    ],
    [
      'a mean that is padded unlike TFLite',
      () => {
        const attributes = { strides: [2], dilations: [1], pads: [1, 1], kernel: [3] };
        return integerGraph(
          { x: codes([1, 3, 30], 0.1), y: codes([1, 3, 15], 0.1) },
          ['x'],
          [{ operator: 'AveragePool', inputs: ['x'], outputs: ['y'], attributes }],
          ['y'],
        );
      },
      'node "AveragePool0" (AveragePool): TFLite does not average with pads 1, 1',
      'no pads, or as many on either side as leave ⌈size / stride⌉ outputs, are supported',
    ],
    [
      'a vector for five dimensions',
      () =>
        integerGraph(
          { x: codes([1, 2, 3, 4, 5], 0.1), v: codes([5], 0.1), y: codes([1, 2, 3, 4, 5], 0.2) },
          ['x', 'v'],
          [{ operator: 'Add', inputs: ['x', 'v'], outputs: ['y'], attributes: { clamp: ALL_CODES } }],
          ['y'],
        ),
      'node "Add0" (Add): TFLite spreads no input over 5 dimensions',
      'up to 4 are supported',
    ],
  ])('%s', (_, graph, message, hint) => {
    expect(() => toTflite(graph())).toThrow(expect.objectContaining({ message, hint }));
    expect(() => toTflite(graph())).toThrow(ExportError);
  });

  test('a file that is no TFLite model', () => {
    expect(() => describeTflite(new Uint8Array(100))).toThrow(ExportError);
  });

  test('files that are damaged or cut off, or can still be read', () => {
    const whole = toTflite(CASES.LookUp[3]!.graph);
    const damaged = [
      ...Array.from({ length: whole.length - 8 }, (_, length) => whole.slice(0, 8 + length)),
      ...Array.from({ length: whole.length }, (_, at) => whole.map((byte, i) => (i === at ? byte ^ 0xff : byte))),
    ];
    const thrown = damaged.flatMap((bytes) => {
      try {
        describeTflite(bytes);
        return [];
      } catch (error) {
        return [error];
      }
    });
    expect(thrown.length).toBeGreaterThan(100);
    for (const error of thrown) expect(error).toBeInstanceOf(ExportError);
  });
});
