/** `baseline-cosine` as a TensorFlow.js graph model, written by hand from its definition. */
import type { TfjsModel } from '../../src/engine/index.js';

/** Added to the square of the norm. */
const EPSILON = 1e-8;

const metadata = {
  'edgebeat.name': 'baseline-cosine',
  'edgebeat.rate': '250',
  'edgebeat.window': '{"kind":"identity","beats":3,"before":150,"after":150}',
  'edgebeat.normalize': 'min-max',
};

const constant = (name: string, dtype: string) => ({ name, op: 'Const', attr: { dtype: { type: dtype } } });
const node = (name: string, op: string, ...input: string[]) => ({ name, op, input, attr: {} });
const reduction = (name: string, op: string, input: string, axes: string, keepDims: boolean) => ({
  name,
  op,
  input: [input, axes],
  attr: { keep_dims: { b: keepDims } },
});
const shape = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
const input = { name: 'beats:0', dtype: 'DT_FLOAT', tensorShape: shape(-1, 3, 300) };

const json = {
  format: 'graph-model',
  generatedBy: 'hand',
  convertedBy: 'nobody',
  signature: {
    inputs: { beats: input },
    outputs: { embedding: { name: 'unit:0', dtype: 'DT_FLOAT', tensorShape: shape(-1, 300) } },
  },
  userDefinedMetadata: metadata,
  modelTopology: {
    node: [
      { name: 'beats', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: input.tensorShape } } },
      constant('beat axis', 'DT_INT32'),
      constant('epsilon', 'DT_FLOAT'),
      reduction('mean beat', 'Mean', 'beats', 'beat axis', false),
      reduction('level', 'Mean', 'mean beat', 'beat axis', true),
      node('centred', 'Sub', 'mean beat', 'level'),
      node('square', 'Square', 'centred'),
      reduction('energy', 'Sum', 'square', 'beat axis', true),
      node('positive', 'AddV2', 'energy', 'epsilon'),
      node('norm', 'Sqrt', 'positive'),
      node('unit', 'RealDiv', 'centred', 'norm'),
    ],
    versions: { producer: 1, minConsumer: 1 },
  },
  weightsManifest: [
    {
      paths: ['axis.bin', 'epsilon.bin'],
      weights: [
        { name: 'beat axis', shape: [1], dtype: 'int32' },
        { name: 'epsilon', shape: [], dtype: 'float32' },
      ],
    },
  ],
};

/** The model, or a variant of its `model.json` that is not as it should be. */
export function tfjsModel(changes: Readonly<Record<string, unknown>> = {}): TfjsModel {
  return {
    modelJson: new TextEncoder().encode(JSON.stringify({ ...json, ...changes })),
    shards: new Map([
      ['axis.bin', new Uint8Array(Int32Array.of(1).buffer)],
      ['epsilon.bin', new Uint8Array(Float32Array.of(EPSILON).buffer)],
    ]),
  };
}
