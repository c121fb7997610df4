/** Models in and out: the same outputs in onnxruntime, nothing lost on the way, and clear words for what is refused. */
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from '@jest/globals';
import { ModelProtoSchema, type TensorProtoSchema } from '../src/codec/onnx_pb.js';
import { dataTypeCode } from '../src/data-type.js';
import { type DataType, decodeModel, encodeModel, GraphBuilder, GraphError, type Model, tensor } from '../src/index.js';
import { feedsOf, run } from './run-model.js';

type ModelInit = MessageInitShape<typeof ModelProtoSchema>;

function convolution(): Model {
  const g = new GraphBuilder('convolution');
  const x = g.input('x', 'float32', ['N', 3, 20]);
  const filters = Float32Array.from({ length: 4 * 3 * 5 }, (_, index) => Math.sin(index));
  const w = g.constant(tensor('w', 'float32', [4, 3, 5], filters));
  const y = g.relu(g.conv(x, w, g.float32([0.1, -0.2, 0.3, 0]), { strides: [2], pads: [2, 2] }));
  g.output('y', g.reduceMean(y, g.int64([2]), { keepdims: false }));
  g.output('probability', g.softmax(g.gelu(y, { approximate: 'tanh' }), { axis: 1 }));
  return g.build({ metadata: new Map([['author', 'someone']]), doc: 'A convolution.' });
}

/** A model whose only content is one initializer and its Cast to float64. */
function modelOf(init: MessageInitShape<typeof TensorProtoSchema>): Uint8Array {
  return bytesOf({
    graph: {
      name: 'constant',
      initializer: [{ name: 'c', ...(init as object) }],
      node: [{ opType: 'Cast', input: ['c'], output: ['y'], attribute: [{ name: 'to', type: 2, i: 11n }] }],
      output: [{ name: 'y', type: { tensorType: { elemType: 11 } } }],
    },
  });
}

function bytesOf(init: ModelInit): Uint8Array {
  const frame = { irVersion: 10n, opsetImport: [{ domain: '', version: 21n }] };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { ...frame, ...(init as object) }));
}

test('decode → encode → onnxruntime gives the same bits', async () => {
  const model = convolution();
  const bytes = encodeModel(model);
  const feeds = feedsOf(model.graph);
  const again = encodeModel(decodeModel(bytes));
  expect(await run(again, feeds)).toEqual(await run(bytes, feeds));
});

test('a decoded model equals the one encoded', () => {
  const model = convolution();
  expect(decodeModel(encodeModel(model))).toEqual(model);
  expect(encodeModel(decodeModel(encodeModel(model)))).toEqual(encodeModel(model));
});

describe('tensors in typed data fields', () => {
  const typed: Record<DataType, MessageInitShape<typeof TensorProtoSchema>> = {
    float32: { floatData: [1.5, -2.25, 0] },
    float64: { doubleData: [1.1, -2.2, 0] },
    int64: { int64Data: [2n ** 40n, -3n, 0n] },
    uint64: { uint64Data: [2n ** 40n, 3n, 0n] },
    uint32: { uint64Data: [4_000_000_000n, 3n, 0n] },
    int32: { int32Data: [-2_000_000_000, 3, 0] },
    int16: { int32Data: [-32_768, 3, 0] },
    uint16: { int32Data: [65_535, 3, 0] },
    int8: { int32Data: [-128, 3, 0] },
    uint8: { int32Data: [255, 3, 0] },
    bool: { int32Data: [1, 1, 0] },
    float16: { int32Data: [0x3e00, 0xc080, 0] },
    bfloat16: { int32Data: [0x3fc0, 0xc010, 0] },
  };

  test.each(Object.keys(typed) as DataType[])('%s, and the same in raw_data', async (dtype) => {
    const original = modelOf({ dims: [3n], dataType: dataTypeCode(dtype), ...(typed[dtype] as object) });
    const decoded = decodeModel(original);
    const rewritten = encodeModel(decoded);
    expect(fromBinary(ModelProtoSchema, rewritten).graph!.initializer[0]!.rawData).toHaveLength(
      3 * decoded.graph.initializers[0]!.data.BYTES_PER_ELEMENT,
    );
    expect(decodeModel(rewritten)).toEqual(decoded);
    const { y } = await run(rewritten, {});
    expect(y).toEqual((await run(original, {})).y);
    expect(y!.data[0]).not.toBe(0);
  });
});

test('tensor data do not alias the file, Buffer or not', () => {
  const bytes = Buffer.from(encodeModel(convolution()));
  const model = decodeModel(bytes);
  bytes.fill(0);
  expect(model.graph.initializers[0]!.data[1]).toBe(Math.fround(Math.sin(1)));
});

test('documentation strings and unknown fields survive, byte for byte', () => {
  const unknown = (no: number, text: string) => {
    const payload = new TextEncoder().encode(text);
    return { $unknown: [{ no, wireType: 2, data: Uint8Array.from([payload.length, ...payload]) }] };
  };
  const message = fromBinary(ModelProtoSchema, encodeModel(convolution()));
  const graph = message.graph!;
  // Fields of the standard that the codec has no use for (domain, metadata of parts), and one of the future.
  const parts = [
    Object.assign(message, unknown(4, 'org.example')),
    Object.assign(graph, unknown(16, 'graph metadata'), { docString: 'about the graph' }),
    Object.assign(graph.node[0]!, unknown(9, 'node metadata'), { docString: 'about the node' }),
    Object.assign(graph.node[0]!.attribute[0]!, unknown(900, 'future'), { docString: 'about the attribute' }),
    Object.assign(graph.initializer[0]!, unknown(16, 'tensor metadata'), { docString: 'about the tensor' }),
    Object.assign(graph.input[0]!, unknown(4, 'value metadata'), { docString: 'about the input' }),
  ];
  const bytes = toBinary(ModelProtoSchema, message);
  const rewritten = encodeModel(decodeModel(bytes));
  expect(rewritten).toEqual(bytes);
  for (const part of parts) expect(Buffer.from(rewritten).includes(Buffer.from(part.$unknown[0]!.data))).toBe(true);
});

test('versions of other operator sets and domains of nodes survive', () => {
  const bytes = bytesOf({
    opsetImport: [
      { domain: 'ai.onnx', version: 17n },
      { domain: 'com.microsoft', version: 1n },
    ],
    graph: { name: 'g', node: [{ opType: 'BiasGelu', domain: 'com.microsoft', input: ['a', 'b'], output: ['c'] }] },
  });
  const model = decodeModel(bytes);
  expect(model.opset).toBe(17);
  expect(model.otherOpsets).toEqual(new Map([['com.microsoft', 1]]));
  expect(model.graph.nodes[0]!.domain).toBe('com.microsoft');
  expect(decodeModel(encodeModel(model))).toEqual(model);
});

test('attributes of every kind survive', () => {
  const model = convolution();
  const attributes = new Map<
    string,
    Model['graph']['nodes'][0]['attributes'] extends ReadonlyMap<string, infer A> ? A : never
  >([
    ['float', { kind: 'float', value: 0.5 }],
    ['int', { kind: 'int', value: -7 }],
    ['string', { kind: 'string', value: 'Grüße' }],
    ['tensor', { kind: 'tensor', value: tensor('t', 'int8', [2], [-1, 1]) }],
    ['floats', { kind: 'floats', value: [1, 2] }],
    ['ints', { kind: 'ints', value: [2 ** 40, -1] }],
    ['strings', { kind: 'strings', value: ['a', ''] }],
  ]);
  const nodes = [{ ...model.graph.nodes[0]!, attributes }];
  const decoded = decodeModel(encodeModel({ ...model, graph: { ...model.graph, nodes } }));
  expect(decoded.graph.nodes[0]!.attributes).toEqual(attributes);
});

test('open dimensions and missing shapes survive', () => {
  const dim = [
    {},
    { value: { case: 'dimParam' as const, value: 'N' } },
    { value: { case: 'dimValue' as const, value: 3n } },
  ];
  const model = decodeModel(
    bytesOf({
      graph: {
        input: [
          { name: 'x', type: { tensorType: { elemType: 1, shape: { dim } } } },
          { name: 'y', type: { tensorType: { elemType: 1 } } },
        ],
      },
    }),
  );
  expect(model.graph.inputs).toEqual([
    { name: 'x', dtype: 'float32', shape: ['?', 'N', 3] },
    { name: 'y', dtype: 'float32' },
  ]);
  expect(decodeModel(encodeModel(model))).toEqual(model);
});

const attributeModel = (attribute: object): ModelInit => ({
  graph: { node: [{ name: 'n', opType: 'If', output: ['y'], attribute: [{ name: 'a', ...attribute }] }] },
});

/** What is refused, and what the message names. */
const refusals: Record<string, [Uint8Array, RegExp]> = {
  'no graph': [bytesOf({}), /^model: field graph/],
  'no opset': [bytesOf({ opsetImport: [], graph: {} }), /^model: field opset_import/],
  'an opset twice': [
    bytesOf({ opsetImport: [{ version: 21n }, { domain: 'ai.onnx', version: 20n }], graph: {} }),
    /^model: imports operator set "" twice/,
  ],
  functions: [bytesOf({ graph: {}, functions: [new Uint8Array(2)] }), /^model: has local functions/],
  'sparse initializers': [bytesOf({ graph: { sparseInitializer: [new Uint8Array(2)] } }), /^graph: has sparse/],
  'metadata twice': [
    bytesOf({ graph: {}, metadataProps: [{ key: 'a' }, { key: 'a' }] }),
    /^metadata a: is there twice/,
  ],
  'a node without operator': [bytesOf({ graph: { node: [{ output: ['y'] }] } }), /^node "y" \(\): field op_type/],
  'a sub-graph': [bytesOf(attributeModel({ type: 5 })), /^node "n" \(If\), attribute a: holds a sub-graph/],
  'an attribute without type': [bytesOf(attributeModel({ i: 1n })), /attribute a: holds an unknown kind/],
  'an attribute of a function': [bytesOf(attributeModel({ refAttrName: 'b' })), /attribute a: refers to/],
  'a huge integer': [bytesOf(attributeModel({ type: 2, i: 2n ** 60n })), /attribute a: 1152921504606846976 is beyond/],
  'text that is no UTF-8': [bytesOf(attributeModel({ type: 3, s: Uint8Array.of(0xff) })), /attribute a: is not UTF-8/],
  'an attribute twice': [
    bytesOf({
      graph: { node: [{ opType: 'A', output: ['y'], attribute: [0, 1].map(() => ({ name: 'a', type: 2 })) }] },
    }),
    /^node "y" \(A\): attribute a is there twice/,
  ],
  'a value that is no tensor': [
    bytesOf({ graph: { input: [{ name: 'x', type: {} }] } }),
    /^graph input "x": is not a tensor/,
  ],
  strings: [modelOf({ dataType: 8 }), /^initializer "c", field data_type: element type 8/],
  'data in another file': [modelOf({ dataType: 1, dataLocation: 1 }), /^initializer "c": its data lie in another file/],
  'a tensor in pieces': [modelOf({ dataType: 1, segment: Uint8Array.of(8, 0) }), /^initializer "c": field segment/],
  'a negative dimension': [modelOf({ dataType: 1, dims: [-1n] }), /^initializer "c", field dims: -1 is not a size/],
  'too few bytes': [modelOf({ dataType: 1, dims: [2n], rawData: new Uint8Array(7) }), /field raw_data: .* 8 bytes, 7/],
  'too few elements': [modelOf({ dataType: 7, dims: [2n, 2n], int64Data: [1n] }), /field int64_data: .* 4 elements, 1/],
  'a size beyond all memory': [
    modelOf({ dataType: 1, dims: [2n ** 50n, 2n ** 50n], floatData: [1] }),
    /field float_data: the shape wants/,
  ],
  'data in the wrong field': [
    modelOf({ dataType: 1, dims: [1n], doubleData: [1] }),
    /has float32 data in field double_data/,
  ],
  'data in two fields': [
    modelOf({ dataType: 1, dims: [1n], floatData: [1], rawData: new Uint8Array(4) }),
    /has its data in two fields/,
  ],
  'an element out of range': [
    modelOf({ dataType: 2, dims: [2n], int32Data: [1, 256] }),
    /element 1 is 256, which uint8/,
  ],
  'what is no protobuf': [new TextEncoder().encode('<!DOCTYPE html>'), /^model: not a protobuf message/],
  'an empty file': [new Uint8Array(), /^model: field graph/],
};

test.each(Object.keys(refusals))('refuses %s', (title) => {
  const [bytes, message] = refusals[title]!;
  let error: unknown;
  try {
    decodeModel(bytes);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).message).toMatch(message);
  expect((error as GraphError).hint).not.toBe('');
});

test('refuses files beyond the limit', () => {
  const bytes = encodeModel(convolution());
  expect(() => decodeModel(bytes, { maxBytes: bytes.length - 1 })).toThrow(/more than the limit/);
  expect(decodeModel(bytes, { maxBytes: bytes.length }).graph.name).toBe('convolution');
});
