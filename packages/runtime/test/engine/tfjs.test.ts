/** TensorFlow.js models: their files, what is refused of them, and the sessions that they serve. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createTfjs, type InferenceEngine, readTfjsModel, type TfjsModel } from '../../src/engine/index.js';
import { IdentityModel } from '../../src/model/identity-model.js';
import { RuntimeError } from '../../src/runtime-error.js';
import { embeddings, expectedEmbeddings, largestDifference, TOLERANCE, windows } from './baseline-cosine.js';
import { tfjsModel } from './baseline-cosine-tfjs.js';

const text = (value: string) => new TextEncoder().encode(value);

async function refusal(promise: Promise<unknown>): Promise<RuntimeError> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RuntimeError);
  expect((error as RuntimeError).hint).not.toBe('');
  return error as RuntimeError;
}

describe('the back ends', () => {
  test('agree, taking turns', async () => {
    const beats = windows(3);
    const engines = [await createTfjs({ backend: 'cpu' }), await createTfjs()];
    for (const actual of await Promise.all(engines.map((engine) => embeddings(engine, tfjsModel(), beats)))) {
      expect(largestDifference(actual, expectedEmbeddings(beats).flat())).toBeLessThan(TOLERANCE);
    }
  });
});

describe('files', () => {
  const filesOf = ({ modelJson, shards }: TfjsModel) => new Map([['model.json', modelJson], ...shards]);
  const reading = (files: ReadonlyMap<string, Uint8Array>, asked: string[] = []) =>
    readTfjsModel(async (file) => {
      asked.push(file);
      return files.get(file)!;
    });

  test('are read by the names in model.json', async () => {
    const asked: string[] = [];
    expect(await reading(filesOf(tfjsModel()), asked)).toEqual(tfjsModel());
    expect(asked).toEqual(['model.json', 'axis.bin', 'epsilon.bin']);
  });

  test.each(['../secret', '/etc/passwd', 'http://elsewhere/x', '..', ''])(
    'outside of the folder are not: %j',
    async (path) => {
      const stray = tfjsModel({ weightsManifest: [{ paths: [path], weights: [] }] });
      expect((await refusal(reading(filesOf(stray)))).message).toMatch('names the file');
    },
  );
});

describe('refuses', () => {
  let engine: InferenceEngine;
  beforeAll(async () => {
    engine = await createTfjs();
  });

  test.each<[string, TfjsModel, RegExp]>([
    ['what is no JSON', { ...tfjsModel(), modelJson: text('ONNX') }, /^model\.json is no JSON/],
    ['a layers model', tfjsModel({ format: 'layers-model' }), /^model\.json is none of .* format/],
    ['a model without signature', tfjsModel({ signature: undefined }), /^model\.json is none of .* signature/],
    ['a shard that is missing', { ...tfjsModel(), shards: new Map() }, /^the file axis\.bin .* is missing/],
    [
      'a shard cut short',
      { ...tfjsModel(), shards: new Map([...tfjsModel().shards].map(([name, bytes]) => [name, bytes.slice(0, 2)])) },
      /^TensorFlow\.js does not take the model/,
    ],
    ['a topology that hangs in the air', tfjsModel({ modelTopology: { node: [{ op: 'Sub' }] } }), /./],
  ])('%s', async (_, model, message) => {
    expect((await refusal(engine.load(model))).message).toMatch(message);
  });

  test('an operator that TensorFlow.js has not, when it runs', async () => {
    const { signature, modelTopology } = JSON.parse(new TextDecoder().decode(tfjsModel().modelJson));
    const node = modelTopology.node.map((one: { op: string }) => (one.op === 'Sqrt' ? { ...one, op: 'Cbrt' } : one));
    const run = embeddings(engine, tfjsModel({ signature, modelTopology: { ...modelTopology, node } }), windows(1));
    expect((await refusal(run)).message).toMatch(
      /^(TensorFlow\.js does not take|the model failed while running).*Cbrt/,
    );
  });
});

describe('an identity model', () => {
  test('is described by its metadata, and told from others by all of its files', async () => {
    const engine = await createTfjs();
    const model = await IdentityModel.load(tfjsModel(), engine);
    const other = tfjsModel();
    const changed = { ...other, shards: new Map(other.shards).set('epsilon.bin', new Uint8Array(4)) };
    const second = await IdentityModel.load(changed, engine);
    expect(model.normalize).toBe('min-max');
    expect(model.reference).toMatchObject({ name: 'baseline-cosine', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(second.reference.sha256).not.toBe(model.reference.sha256);
    const beats = windows(1);
    expect(largestDifference(Array.from(await model.embed(beats)), expectedEmbeddings(beats)[0]!)).toBeLessThan(
      TOLERANCE,
    );
    await Promise.all([model.close(), second.close()]);
  });

  test('needs an output of that name', async () => {
    const { signature } = JSON.parse(new TextDecoder().decode(tfjsModel().modelJson));
    const renamed = tfjsModel({ signature: { ...signature, outputs: { vector: signature.outputs.embedding } } });
    const error = await refusal(IdentityModel.load(renamed, await createTfjs()));
    expect(error.message).toBe("the model has no output named 'embedding'");
  });
});
