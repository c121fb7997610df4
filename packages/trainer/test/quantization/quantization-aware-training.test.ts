/** What training with fake quantization is for: float weights that int8 takes less from. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ActivationRanges, encodeModel, type Model } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TrainingOutcome, train } from '../../src/loop/training.js';
import { activationRanges } from '../../src/quantization/activation-ranges.js';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { calibration, lossOf, rescaled, type SmallPlanOptions, smallPlan } from './rescaled-network.js';

const isSame = (a: Model, b: Model) => Buffer.compare(encodeModel(a), encodeModel(b)) === 0;

let folder: string;
let trained: Model;
let ranges: ActivationRanges;
let further: SmallPlanOptions;
let aware: TrainingOutcome;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-quantization-'));
  const { model } = await train(smallPlan({ steps: 150, learningRate: 0.01 }), { threads: 1 });
  trained = rescaled(model, 256);
  ranges = await activationRanges(trained, calibration);
  further = { model: trained, seed: 2, steps: 100, learningRate: 3e-3, keepsStatistics: true };
  aware = await train(smallPlan({ ...further, ranges }), { threads: 1, every: 50 });
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

describe('weights trained with fake quantization', () => {
  test('lose less by it than the network they began as, and than the same training without', async () => {
    const float = await lossOf(trained);
    const before = await lossOf(fakeQuantized(trained, ranges));
    const plain = (await train(smallPlan(further), { threads: 1 })).model;
    const without = await lossOf(fakeQuantized(plain, await activationRanges(plain, calibration)));
    const after = await lossOf(fakeQuantized(aware.model, ranges));
    // Cross-entropy in nats; four classes have 1.39 by chance.
    expect(before).toBeGreaterThan(float + 0.2);
    expect(await lossOf(plain)).toBeLessThan(float);
    expect(after).toBeLessThan(without - 0.1);
    expect(after - float).toBeLessThan(0.5 * (before - float));
  }, 300_000);

  test('are those of a float network of the same form, its statistics as they were', () => {
    const { graph } = aware.model;
    expect(graph.nodes).toEqual(trained.graph.nodes);
    expect(graph.initializers.map(({ name, shape }) => [name, shape])).toEqual(
      trained.graph.initializers.map(({ name, shape }) => [name, shape]),
    );
    for (const [index, { name, data }] of graph.initializers.entries()) {
      const isKept = /mean|variance|int64/.test(name);
      expect([name, data]).toEqual(isKept ? [name, trained.graph.initializers[index]!.data] : [name, data]);
      if (!isKept) expect([name, data]).not.toEqual([name, trained.graph.initializers[index]!.data]);
    }
  });

  test('are the same for the same seed, and others for another', async () => {
    const again = await train(smallPlan({ ...further, ranges }), { threads: 1, every: 50 });
    expect(isSame(again.model, aware.model)).toBe(true);
    const other = await train(smallPlan({ ...further, ranges, seed: 3 }), { threads: 1, every: 50 });
    expect(isSame(other.model, aware.model)).toBe(false);
  }, 300_000);

  test('are the same where training was stopped and went on', async () => {
    const checkpoint = join(folder, 'small.checkpoint');
    const controller = new AbortController();
    const stopped = await train(smallPlan({ ...further, ranges }), {
      ...{ threads: 1, every: 50, checkpoint, signal: controller.signal },
      onProgress: ({ step }) => step === 60 && controller.abort(),
    });
    expect(stopped).toMatchObject({ isComplete: false, step: 60 });
    const resumed = await train(smallPlan({ ...further, ranges }), { threads: 1, every: 50, checkpoint });
    expect(resumed.history).toEqual(aware.history);
    expect(isSame(resumed.model, aware.model)).toBe(true);
    // Other ranges make another training.
    const wider = { ...ranges, x: { least: 2 * ranges.x!.least, most: ranges.x!.most } };
    await expect(
      train(smallPlan({ ...further, ranges: wider }), { threads: 1, every: 50, checkpoint }),
    ).rejects.toThrow('another training');
  }, 300_000);
});
