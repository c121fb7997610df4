/** The card of baseline-lda is about the file beside it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { countMacs, countParameters, decodeModel, readMetadata } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { loadWeights, weightsPath } from '../src/index.js';

const card = () => readFile(weightsPath('baseline-lda').replace(/\.onnx$/, '.md'), 'utf8');

test('the figures are those of this file, and its size is as stated', async () => {
  const bytes = await loadWeights('baseline-lda');
  const text = await card();
  expect(text).toContain(`SHA-256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
  expect(text).toContain(`${Math.round(bytes.length / 1000)} kB`);
  const model = decodeModel(bytes);
  expect(text).toContain(`${countParameters(model).toLocaleString('en-US')} parameters`);
  expect(text).toContain(`${countMacs(model).toLocaleString('en-US')} multiply-accumulates`);
  expect(model.graph.outputs).toEqual([{ name: 'embedding', dtype: 'float32', shape: ['N', 100] }]);
});

test('the file lists as many persons and whole recordings of each data set as the card', async () => {
  const { training, classes } = readMetadata(decodeModel(await loadWeights('baseline-lda')).metadata);
  expect(classes).toBeUndefined();
  expect(training!.data).toEqual(['heartprint', 'ecg-id', 'ptbdb']);
  const stated = (await card()).matchAll(/^\| \[(ECG-ID|Heartprint|PTB).* \| (\d+) \| ([\d,]+) \|/gm);
  const rows = [...stated].map(([, title, persons, records]) => [
    title,
    Number(persons),
    Number(records!.replace(',', '')),
  ]);
  const countsOf = (dataSet: string) => {
    const records = training!.records.filter((record) => record.startsWith(`${dataSet}/`));
    expect(records.filter((record) => record.includes('['))).toEqual([]);
    const persons = records.map((record) => /^[\w-]+\/(?:Session-\w+\/)?(\w+)\//.exec(record)![1]);
    return [new Set(persons).size, records.length];
  };
  expect(rows).toEqual([
    ['ECG-ID', ...countsOf('ecg-id')],
    ['Heartprint', ...countsOf('heartprint')],
    ['PTB', ...countsOf('ptbdb')],
  ]);
});
