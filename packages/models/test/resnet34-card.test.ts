/** The card of resnet34 is about the file beside it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { countMacs, countParameters, decodeModel, readMetadata } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { loadWeights, weightsPath } from '../src/index.js';

test('the figures are those of this file, and its size is as stated', async () => {
  const bytes = await loadWeights('resnet34');
  const card = await readFile(weightsPath('resnet34').replace(/\.onnx$/, '.md'), 'utf8');
  expect(card).toContain(`SHA-256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
  expect(bytes.length).toBeLessThanOrEqual(16e6);
  const model = decodeModel(bytes);
  expect(card).toContain(`${countParameters(model).toLocaleString('en-US')} parameters`);
  expect(card).toContain(`${(countMacs(model) / 1e6).toFixed(1)} million multiply-accumulates`);
  const { classes } = readMetadata(model.metadata);
  expect(card).toContain(`\`logits\` [N, ${classes!.identity!.length}]`);
});

test('the file lists whole recordings of three data sets, and knows nobody else', async () => {
  const { training, window, classes } = readMetadata(decodeModel(await loadWeights('resnet34')).metadata);
  expect(training!.data).toEqual(['heartprint', 'ecg-id', 'ptbdb', 'nstdb']);
  const noises = training!.records.filter((record) => record.startsWith('nstdb/'));
  expect(noises).toEqual(['nstdb/bw[0,0.5)', 'nstdb/em[0,0.5)', 'nstdb/ma[0,0.5)']);
  const persons = training!.records
    .filter((record) => !noises.includes(record))
    .map((record) => /^(heartprint|ecg-id|ptbdb)\/(?:Session-\w+\/)?(\w+)\//.exec(record)!);
  expect(new Set(persons.map(([, dataSet, person]) => `${dataSet}/${person}`))).toEqual(new Set(classes!.identity));
  expect(window).toEqual({ kind: 'identity', beats: 3, before: 150, after: 150 });
});
