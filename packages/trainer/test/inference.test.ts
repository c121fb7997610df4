import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphError } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { EmbeddingModel, InferenceError, type OpenRunner, WindowSession } from '../src/index.js';
import { meanBeatMetadata, meanBeatModel } from './mean-beat-model.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();
const window = (seed: number) => Float32Array.from({ length: 900 }, (_, i) => Math.sin(i * (seed + 1)));

/** The mean of the three beats, centred, in float64. */
function meanBeat(samples: Float32Array): number[] {
  const beat = Array.from({ length: 300 }, (_, i) => (samples[i]! + samples[300 + i]! + samples[600 + i]!) / 3);
  const mean = beat.reduce((sum, value) => sum + value, 0) / 300;
  return beat.map((value) => value - mean);
}

async function refusal(promise: Promise<unknown>): Promise<InferenceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InferenceError);
  return error as InferenceError;
}

describe('EmbeddingModel', () => {
  test.each([
    ['an open batch', { batch: 'N' }, {}],
    ['an open batch, smaller runs', { batch: 'N' }, { batch: 2 }],
    ['a fixed batch that does not divide the windows', { batch: 4 }, {}],
    ['a second output', { withLogits: true }, {}],
    ['one output of another name', { output: 'features' }, {}],
  ])('embeds window by window: %s', async (_, shape, options) => {
    const model = await EmbeddingModel.load(meanBeatModel(meanBeatMetadata, shape), options);
    const windows = [0, 1, 2, 3, 4].map(window);
    const embeddings = await model.embed(windows);
    expect(embeddings).toHaveLength(5);
    embeddings.forEach((embedding, i) => {
      const expected = meanBeat(windows[i]!);
      expect(embedding).toHaveLength(300);
      expect(Math.max(...embedding.map((value, k) => Math.abs(value - expected[k]!)))).toBeLessThan(1e-6);
    });
    expect(await model.embed([])).toEqual([]);
    await model.release();
  });

  test('knows its name, hash and metadata, from a file as well', async () => {
    const path = join(folder, 'some.onnx');
    writeFileSync(path, meanBeatModel());
    const model = await EmbeddingModel.load(path);
    expect(model).toMatchObject({ name: 'mean-beat', windowSize: 900, metadata: meanBeatMetadata });
    expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
    await model.release();
  });

  test('another interpreter than onnxruntime answers where one is given, and is released', async () => {
    const asked: string[] = [];
    const open: OpenRunner = async ({ name, inputs }, shape, options) => {
      const inner = await WindowSession.create({ name, bytes: meanBeatModel(), inputs }, shape, {
        batch: options.batch!,
      });
      return {
        async run(windows, outputs) {
          asked.push(`${windows.length} windows, ${outputs}`);
          return inner.run(windows, outputs);
        },
        async release() {
          asked.push('released');
          await inner.release();
        },
      };
    };
    const model = await EmbeddingModel.load(meanBeatModel(), { open, batch: 2 });
    const [embedding] = await model.embed([window(1), window(2), window(3)]);
    expect(embedding![7]).toBeCloseTo(meanBeat(window(1))[7]!, 6);
    await model.release();
    expect(asked).toEqual(['3 windows, embedding', 'released']);
  });

  test('refuses a window of the wrong size', async () => {
    const model = await EmbeddingModel.load(meanBeatModel());
    expect((await refusal(model.embed([new Float32Array(899)]))).message).toContain('899 samples');
    await model.release();
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    [
      'metadata without normalisation',
      () => meanBeatModel({ ...meanBeatMetadata, normalize: undefined } as typeof meanBeatMetadata),
      /edgebeat\.normalize missing/,
    ],
    [
      'an activity model',
      () => meanBeatModel({ ...meanBeatMetadata, window: { kind: 'activity', samples: 1000 } }),
      /activity windows/,
    ],
    ['an input that disagrees with the metadata', () => meanBeatModel(meanBeatMetadata, { samples: 200 }), /3, 200/],
    [
      'two outputs, none of them the embedding',
      () => meanBeatModel(meanBeatMetadata, { output: 'features', withLogits: true }),
      /no output "embedding"/,
    ],
  ])('refuses %s', async (_, model, message) => {
    const error = await refusal(EmbeddingModel.load(model()));
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
  });

  test('refuses what is no model, and a file that is not there', async () => {
    await expect(EmbeddingModel.load(Uint8Array.of(1, 2, 3))).rejects.toThrow(GraphError);
    expect((await refusal(EmbeddingModel.load(join(folder, 'no.onnx')))).message).toContain('no.onnx');
  });
});
