/** The networks that come with edgebeat: prepared, they answer as before, and no BatchNormalization is left. */

import { readFileSync } from 'node:fs';
import { importModel } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { prepareModel } from '../../src/index.js';
import { difference, outputsOf } from './same-outputs.js';

const weights = (name: string) => readFileSync(new URL(`../../../models/weights/${name}.onnx`, import.meta.url));

/** What the rules do to each, how often. */
const networks: Record<string, Record<string, number>> = {
  dt4ecg: { 'fold-batch-normalization': 20 },
  resnet34: { 'widen-half-precision': 37, 'fold-batch-normalization': 36, 'convolve-batch-normalization': 1 },
  'deit-micro': { 'widen-half-precision': 21, 'fold-batch-normalization': 2, 'fold-normalization': 8 },
  'baseline-lda': { 'recognise-layer-normalization': 1 },
};

test.each(Object.keys(networks))('%s', async (name) => {
  const model = importModel(weights(name));
  const { model: prepared, applied } = await prepareModel(model);
  const counts: Record<string, number> = {};
  for (const { rule } of applied) counts[rule] = (counts[rule] ?? 0) + 1;
  expect(counts).toEqual(networks[name]);
  expect(prepared.graph.nodes.filter(({ operator }) => operator === 'BatchNormalization')).toEqual([]);
  expect(prepared.metadata).toEqual(model.metadata);
  expect(prepared.graph.inputs).toEqual(model.graph.inputs);
  expect(prepared.graph.outputs).toEqual(model.graph.outputs);
  const [before, after] = [await outputsOf(model, model.graph), await outputsOf(prepared, model.graph)];
  expect(difference(before, after)).toBeLessThan(1e-5);
  const again = await prepareModel(prepared);
  expect(again.applied).toEqual([]);
});
