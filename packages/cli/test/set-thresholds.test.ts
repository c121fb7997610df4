/** Thresholds go into a model's metadata, and nothing else changes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { loadWeights } from '@edgebeat/models';
import type { EvaluationReport } from '@edgebeat/trainer';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setThresholds } from '../src/evaluate/set-thresholds.js';

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'edgebeat-thresholds-')), 'model.onnx');
});
afterAll(() => rm(join(file, '..'), { recursive: true }));

/** Only what is read of a report. */
const reportOf = (content: object) => content as EvaluationReport;

test('the last thresholds found, as similarity and as distance, replace those there were', async () => {
  await writeFile(file, await loadWeights('baseline-cosine'));
  const before = decodeModel(new Uint8Array(await readFile(file)));
  const found = { metric: 'cosine', value: 0.5, fmr: 0.01, data: 'verification/unseen', windows: 5 };
  await setThresholds(file, [
    reportOf({ thresholds: [{ ...found, value: 0.9 }] }),
    reportOf({ thresholds: [found] }),
    reportOf({}),
  ]);
  const after = decodeModel(new Uint8Array(await readFile(file)));
  const { thresholds, ...others } = readMetadata(after.metadata);
  expect(thresholds).toEqual([found, { ...found, metric: 'euclidean', value: 1 }]);
  const { thresholds: _, ...same } = readMetadata(before.metadata);
  expect(others).toEqual(same);
  expect(after.graph).toEqual(before.graph);
});

test('a report without any is refused, and the file stays', async () => {
  const bytes = await loadWeights('baseline-cosine');
  await writeFile(file, bytes);
  await expect(setThresholds(file, [reportOf({ thresholds: [] })])).rejects.toThrow(
    'no protocol here gives thresholds',
  );
  expect(new Uint8Array(await readFile(file))).toEqual(bytes);
});
