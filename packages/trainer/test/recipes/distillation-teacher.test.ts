/** A residual network as a teacher: what it says about itself, what it makes of windows, and who is none. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeModel,
  encodeModel,
  GraphError,
  type Model,
  type ModelMetadata,
  readMetadata,
  writeMetadata,
} from '@edgebeat/graph';
import { deitMicro, resnet34 } from '@edgebeat/models';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { WindowAugmenter } from '../../src/augment/window-augmenter.js';
import { InferenceError } from '../../src/inference/inference-error.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import { residualStages, withOutputs } from '../../src/recipes/distillation/residual-stages.js';
import { TaughtBatches, type WantedAnswers } from '../../src/recipes/distillation/taught-batches.js';
import { Teacher } from '../../src/recipes/distillation/teacher.js';
import { IdentityBatches, type IdentityBatchesState } from '../../src/recipes/identity/identity-batches.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { meanBeatModel } from '../mean-beat-model.js';
import { temporaryFolder } from '../temporary-folder.js';
import { toneModel } from '../tone-model.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId, smallIdentityRecipe } from './small-identity-recipe.js';
import { smallTeacher } from './small-teacher.js';

const folder = temporaryFolder();
const date = '01.12.2004';
const persons = ['Person_01', 'Person_02', 'Person_03'];

let data: IdentityData;
let bytes: Uint8Array;
let teacher: Teacher;
beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date]])));
  bytes = await smallTeacher(data);
  teacher = await Teacher.load(bytes);
}, 120_000);
afterAll(() => teacher.release());

const values = ['stage1.block2.relu', 'stage2.block3.relu', 'stage3.block5.relu', 'stage4.block2.relu'];
const random = (seed: string) => new RandomGenerator(seed);

const transformer = deitMicro({ classes: 3 }, random('weights'));

/** Windows of noise, as z-scored beats are. */
function noise(windows: number, seed = 'noise'): Float32Array {
  const beats = new Float32Array(windows * 900);
  random(seed).normals(beats);
  return beats;
}

describe('the stages of a residual network', () => {
  test.each([
    ['of a crop', { crop: [60, 240], width: 4 }, [4, 8, 16, 32], [45, 23, 12, 6]],
    ['of whole beats and a finer stem', { stemStride: 2, width: 8 }, [8, 16, 32, 64], [150, 75, 38, 19]],
    ['before a neck', { neck: true, width: 4 }, [4, 8, 16, 32], [75, 38, 19, 10]],
  ] as const)('end with the last activation of their last block: %s', (_, options, channels, lengths) => {
    const stages = residualStages(resnet34({ classes: 3, ...options }, random('weights')));
    expect(stages).toEqual(values.map((value, k) => ({ value, channels: channels[k], length: lengths[k] })));
  });

  test('are found in the file of a trained one', () => {
    expect(residualStages(decodeModel(bytes)).map(({ value }) => value)).toEqual(values);
  });

  test('are missed in a transformer', () => {
    const stages = () => residualStages(transformer);
    expect(stages).toThrow(RecipeError);
    expect(stages).toThrow('deit-micro has no residual stages to learn from');
  });

  test('can be made outputs, behind those that there are, of a model that stays as it was', () => {
    const model = decodeModel(bytes);
    const names = ({ graph }: Model) => graph.outputs.map(({ name }) => name);
    const before = names(model);
    expect(names(withOutputs(model, values))).toEqual([...before, ...values]);
    expect(names(model)).toEqual(before);
  });
});

/** Outputs of the teacher's file and its stages, straight from onnxruntime. */
async function fromOnnxruntime(beats: Float32Array): Promise<Record<string, Float32Array>> {
  const model = decodeModel(bytes);
  const outputs = [...model.graph.outputs, ...values.map((name) => ({ name, dtype: 'float32' as const }))];
  const session = await InferenceSession.create(encodeModel({ ...model, graph: { ...model.graph, outputs } }), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    const results = await session.run({ beats: new Tensor('float32', beats, [beats.length / 900, 3, 300]) });
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
  } finally {
    await session.release();
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe('a teacher', () => {
  test('says whose hash, normalisation, persons, crop and stages it has', () => {
    expect(teacher.about).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      normalize: 'z-score',
      persons,
      embeddingSize: 32,
      crop: [60, 240],
      stages: [
        { value: values[0], channels: 4, length: 45 },
        { value: values[1], channels: 8, length: 23 },
        { value: values[2], channels: 16, length: 12 },
        { value: values[3], channels: 32, length: 6 },
      ],
    });
  });

  test('answers as onnxruntime does with its file', async () => {
    const beats = noise(5);
    const [{ logits, embedding, stages }, expected] = [await teacher.answer(beats), await fromOnnxruntime(beats)];
    expect([logits, embedding, ...stages].map(({ length }) => length / 5)).toEqual([
      ...[3, 32],
      ...[4 * 45, 8 * 23, 16 * 12, 32 * 6],
    ]);
    expect(logits).toEqual(expected.logits);
    expect(embedding).toEqual(expected.embedding);
    for (const [k, map] of stages.entries()) expect(digestOf(map)).toBe(digestOf(expected[values[k]!]!));
    // Windows, maps and persons differ: nothing is empty or the same for all.
    for (const answer of [logits, embedding, ...stages])
      expect(new Set(answer).size).toBeGreaterThan(answer.length / 4);
  });

  test('answers part by part where windows are many, and to none with nothing', async () => {
    const [careful, beats] = [await Teacher.load(bytes, { batch: 3 }), noise(7)];
    try {
      const [whole, parts] = [await teacher.answer(beats), await careful.answer(beats)];
      expect(largestDifference(parts.logits, whole.logits)).toBeLessThan(1e-4);
      expect(largestDifference(parts.embedding, whole.embedding)).toBeLessThan(1e-4);
      for (const [k, map] of whole.stages.entries())
        expect(largestDifference(parts.stages[k]!, map)).toBeLessThan(1e-4);
      const nothing = await careful.answer(noise(0));
      expect([nothing.logits, nothing.embedding, ...nothing.stages].map(({ length }) => length)).toEqual(
        Array(6).fill(0),
      );
    } finally {
      await careful.release();
    }
  });

  test('is read from a path, too', async () => {
    const path = join(folder, 'teacher.onnx');
    writeFileSync(path, bytes);
    const read = await Teacher.load(path);
    try {
      expect(read.about).toEqual(teacher.about);
    } finally {
      await read.release();
    }
  });
});

/** A model as a file, with these metadata of the teacher's. */
const fileOf = (model: Model, choose: (stated: ModelMetadata) => ModelMetadata) =>
  encodeModel({ ...model, metadata: writeMetadata(choose(readMetadata(decodeModel(bytes).metadata))) });

describe('no teacher is', () => {
  test('what is no model, and a file that is not there', async () => {
    await expect(Teacher.load(Uint8Array.of(1, 2, 3))).rejects.toThrow(GraphError);
    const missing = Teacher.load(join(folder, 'no.onnx'));
    await expect(missing).rejects.toThrow(InferenceError);
    await expect(missing).rejects.toThrow('no.onnx');
  });

  test('a model of activity windows', async () => {
    const load = Teacher.load(toneModel());
    await expect(load).rejects.toThrow(InferenceError);
    await expect(load).rejects.toThrow('wants activity windows, not identity windows');
  });

  test.each<[string, () => Uint8Array, string]>([
    [
      'a residual network whose persons have no names',
      () => fileOf(decodeModel(bytes), ({ classes: _, ...nameless }) => nameless),
      'resnet34 cannot teach: it has no embedding, no logits, or no names for them',
    ],
    ['a model of embeddings alone', () => meanBeatModel(), 'mean-beat cannot teach'],
    [
      'a transformer',
      () => fileOf(transformer, (stated) => ({ ...stated, name: 'deit-micro' })),
      'deit-micro has no residual stages to learn from',
    ],
  ])('%s', async (_, model, message) => {
    const load = Teacher.load(model());
    await expect(load).rejects.toThrow(RecipeError);
    await expect(load).rejects.toThrow(message);
    await expect(load).rejects.toHaveProperty('hint', 'Give a teacher that "edgebeat train resnet34" wrote.');
  });
});

describe('taught batches', () => {
  const source = () =>
    new IdentityBatches({
      ...{ records: data.records, persons: 2, windows: 3, classes: 3, normalize: 'z-score' },
      augmenter: new WindowAugmenter(smallIdentityRecipe.augmentation),
      generator: random('batches'),
    });
  const taught = (wanted: Partial<WantedAnswers>) =>
    new TaughtBatches(source(), teacher, { logits: false, embedding: false, stages: false, ...wanted });
  const everything = { logits: true, embedding: true, stages: true };
  const stages = [1, 2, 3, 4].map((stage) => `teacher_stage${stage}`);

  test('are those of the source, with what the teacher says to them', async () => {
    const [plain, batch] = [source().next(), await taught(everything).next()];
    expect(Object.keys(batch)).toEqual([
      ...['beats', 'person_label', 'teacher_logits', 'teacher_embedding'],
      ...stages,
    ]);
    expect(digestOf(batch.beats!)).toBe(digestOf(plain.beats!));
    expect(batch.person_label).toEqual(plain.person_label);
    const answers = await teacher.answer(plain.beats as Float32Array);
    expect(batch.teacher_logits).toEqual(answers.logits);
    expect(batch.teacher_embedding).toEqual(answers.embedding);
    for (const [k, name] of stages.entries()) expect(digestOf(batch[name]!)).toBe(digestOf(answers.stages[k]!));
  });

  test.each<[Partial<WantedAnswers>, readonly string[]]>([
    [{}, []],
    [{ logits: true }, ['teacher_logits']],
    [{ embedding: true }, ['teacher_embedding']],
    [{ stages: true }, stages],
  ])('hold what is wanted alone: %j', async (wanted, names) => {
    expect(Object.keys(await taught(wanted).next())).toEqual(['beats', 'person_label', ...names]);
  });

  test('go on from the state of their source with the same bits', async () => {
    const first = taught(everything);
    await first.next();
    const saved = JSON.parse(JSON.stringify(first.state())) as IdentityBatchesState;
    const following = digestOf(...Object.values(await first.next()));
    const untaught = source();
    untaught.next();
    expect(saved).toEqual(untaught.state());
    const restored = taught(everything);
    restored.restore(saved);
    expect(digestOf(...Object.values(await restored.next()))).toBe(following);
    expect(digestOf(...Object.values(await restored.next()))).not.toBe(following);
  });
});
