/** The files in `weights/`: what the builders give, with metadata and a card. */
import { existsSync, readFileSync } from 'node:fs';
import { decodeModel, GraphError, inferShapes, readMetadata } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { loadWeights, untrainedModels, weightsNames, weightsPath } from '../src/index.js';

test.each([...untrainedModels()])('%s.onnx is what its builder gives, byte for byte', async (name, bytes) => {
  expect(await loadWeights(name)).toEqual(bytes);
});

describe.each(weightsNames())('%s', (name) => {
  test('says how its input is made', async () => {
    const model = decodeModel(await loadWeights(name));
    inferShapes(model.graph);
    const metadata = readMetadata(model.metadata);
    expect(metadata.name).toBe(name);
    expect(metadata).toEqual(
      expect.objectContaining({
        rate: 250,
        window: expect.anything(),
        normalize: expect.anything(),
        training: expect.anything(),
      }),
    );
  });

  test('has a card', () => {
    const card = weightsPath(name).replace(/onnx$/, 'md');
    expect(existsSync(card)).toBe(true);
    expect(readFileSync(card, 'utf8')).toMatch(
      new RegExp(`^# ${name}\n[^]*<!-- figures:begin -->[^]*<!-- figures:end -->`),
    );
  });
});

test.each(['baseline-cosin', '../package', '', 'a/b'])('there is no model "%s"', (name) => {
  expect(() => weightsPath(name)).toThrow(GraphError);
  expect(() => weightsPath(name)).toThrow(`model "${name}": does not come with edgebeat`);
});
