/** The card of dt4ecg is about the file beside it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { countMacs, countParameters, decodeModel, readMetadata } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { loadWeights, weightsPath } from '../src/index.js';

test('the figures are those of this file, and its size is as stated', async () => {
  const bytes = await loadWeights('dt4ecg');
  const card = await readFile(weightsPath('dt4ecg').replace(/\.onnx$/, '.md'), 'utf8');
  expect(card).toContain(`SHA-256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
  expect(bytes.length).toBeLessThanOrEqual(4e6);
  const model = decodeModel(bytes);
  expect(card).toContain(`${countParameters(model).toLocaleString('en-US')} parameters`);
  expect(card).toContain(`${(countMacs(model) / 1e6).toFixed(1)} million multiply-accumulates`);
});

test('the file lists the first 70 % of 150 recordings as its training', async () => {
  const { training, window, classes } = readMetadata(decodeModel(await loadWeights('dt4ecg')).metadata);
  expect(training!.records).toHaveLength(150);
  expect(training!.records.every((record) => /^kalouskova\/\d\d\/\w+\[0,0\.7\)$/.test(record))).toBe(true);
  expect(window).toEqual({ kind: 'activity', samples: 1000 });
  expect(classes!.activity).toEqual(['rest', 'arms', 'walking', 'running', 'squats']);
});
