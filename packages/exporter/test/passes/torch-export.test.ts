/** Models as PyTorch exports them: imported, prepared, and the same outputs in onnxruntime as the file gives. */

import { type Dimension, importModel, inferShapes } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { prepareModel } from '../../src/index.js';
import { difference, outputsOf } from './same-outputs.js';
import { dynamoTransformer, encoderLayer, imageNet, residualNet, visionTransformer } from './torch-models.js';

interface Export {
  readonly make: (batch: Dimension) => Uint8Array;
  /** Those that the prepared model may have. */
  readonly operators: readonly string[];
  /** Where shapes mix the batch with other dimensions. */
  readonly fixesBatch?: boolean;
}

const transformer = [
  'Conv',
  'Gemm',
  'MatMul',
  'Add',
  'Concat',
  'Pad',
  'Gather',
  'Gelu',
  'LayerNormalization',
  'Mul',
  'Reshape',
  'Softmax',
  'Transpose',
];
const encoder = [
  'Add',
  'Gather',
  'Gemm',
  'LayerNormalization',
  'MatMul',
  'Mul',
  'Relu',
  'Reshape',
  'Softmax',
  'Squeeze',
  'Transpose',
];
const residual = ['Add', 'Conv', 'Gemm', 'GlobalAveragePool', 'MaxPool', 'Relu', 'Reshape'];

const exports: Record<string, Export> = {
  'residual network, opset 11': { make: (batch) => residualNet(11, batch), operators: residual },
  'residual network, opset 13': { make: (batch) => residualNet(13, batch), operators: residual },
  'residual network, opset 17': { make: (batch) => residualNet(17, batch), operators: residual },
  'image network, opset 13': {
    make: (batch) => imageNet(13, batch),
    operators: ['AveragePool', 'Clip', 'Conv', 'Flatten', 'Gelu', 'Gemm', 'Softmax'],
  },
  'vision transformer, opset 13': { make: (batch) => visionTransformer(13, batch), operators: transformer },
  'vision transformer, opset 17': { make: (batch) => visionTransformer(17, batch), operators: transformer },
  'nn.TransformerEncoderLayer, opset 13': {
    make: (batch) => encoderLayer(13, batch),
    operators: encoder,
    fixesBatch: true,
  },
  'nn.TransformerEncoderLayer, opset 17': {
    make: (batch) => encoderLayer(17, batch),
    operators: encoder,
    fixesBatch: true,
  },
  'transformer by the dynamo exporter, opset 18': {
    make: dynamoTransformer,
    operators: [
      'Add',
      'Concat',
      'Gelu',
      'LayerNormalization',
      'MatMul',
      'Mul',
      'Pad',
      'ReduceMean',
      'Reshape',
      'Softmax',
      'Transpose',
    ],
  },
};

describe.each(Object.keys(exports))('%s', (title) => {
  const { make, operators, fixesBatch = false } = exports[title]!;
  test.each(['N', 1, 2] as const)('batch %s', async (batch) => {
    const bytes = make(batch);
    const model = importModel(bytes);
    if (!fixesBatch || batch !== 'N') inferShapes(model.graph);
    const prepared = await prepareModel(model);
    const { graph } = prepared.model;
    const left = new Set(graph.nodes.map(({ operator }) => operator));
    expect(prepared.model.metadata).toEqual(model.metadata);
    expect(graph.inputs.map(({ name }) => name)).toEqual(model.graph.inputs.map(({ name }) => name));
    expect(graph.outputs.map(({ name }) => name)).toEqual(model.graph.outputs.map(({ name }) => name));
    expect(graph.inputs[0]!.shape![0]).toBe(fixesBatch && batch === 'N' ? 1 : batch);
    expect(operators).toEqual(expect.arrayContaining([...left]));
    const [before, after] = [await outputsOf(bytes, graph), await outputsOf(prepared.model, graph)];
    expect(difference(before, after)).toBeLessThan(1e-5);
  });
});
