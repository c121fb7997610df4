/** Damaged files: whatever the bytes, there is a model or a GraphError, and soon. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeModel, encodeModel, GraphBuilder, GraphError, inferShapes, tensor, upgradeModel } from '../src/index.js';

const valid = (() => {
  const g = new GraphBuilder('fuzz');
  const x = g.input('x', 'float32', ['N', 2, 8]);
  const w = g.constant(tensor('w', 'float32', [2, 2, 3], new Float32Array(12).fill(0.5)));
  const [left] = g.split(g.conv(x, w, { pads: [1, 1] }), g.int64([1, 1]), { axis: 1 });
  g.output('y', g.reshape(g.softmax(left!), g.int64([0, -1])));
  return encodeModel(g.build({ metadata: new Map([['edgebeat.rate', '250']]) }));
})();

/** Decodes, upgrades, infers and encodes; everything but a GraphError is a fault of ours. */
function digest(bytes: Uint8Array): void {
  try {
    const model = decodeModel(bytes);
    expect(decodeModel(encodeModel(model))).toEqual(model);
    inferShapes(upgradeModel(model).graph);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    expect(error.where).not.toBe('');
    expect(error.hint).not.toBe('');
  }
}

test('cut off anywhere', () => {
  for (let length = 0; length < valid.length; length++) digest(valid.subarray(0, length));
});

test('any byte replaced by any other, a few at a time', () => {
  const position = fc.integer({ min: 0, max: valid.length - 1 });
  const damage = fc.array(fc.tuple(position, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damage, (changes) => {
      const bytes = valid.slice();
      for (const [at, value] of changes) bytes[at] = value;
      digest(bytes);
    }),
    { numRuns: 2000 },
  );
});

test('pieces left out, doubled or moved', () => {
  const cut = fc.integer({ min: 0, max: valid.length });
  fc.assert(
    fc.property(cut, cut, cut, (a, b, c) => {
      digest(Buffer.concat([valid.subarray(0, a), valid.subarray(b, c), valid.subarray(a)]));
    }),
    { numRuns: 1000 },
  );
});

test('random bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), digest), { numRuns: 1000 });
});

test('messages nested without end', () => {
  const depth = 200_000;
  // Field 7 (graph) of nothing but fields 1 (node), each said to hold the rest.
  digest(Uint8Array.from({ length: depth }, (_, index) => (index % 2 === 0 ? 0x3a : 0x7f)));
  // Unknown groups within groups.
  digest(new Uint8Array(depth).fill(0xfb));
});
