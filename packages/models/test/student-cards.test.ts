/** The cards of the students are about the files beside them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { countMacs, countParameters, decodeModel, readMetadata } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { loadWeights, weightsNames, weightsPath } from '../src/index.js';

/** Bytes that the file may have, and a window's multiply-accumulates. */
const limits: Readonly<Record<string, readonly [bytes: number, macs: number]>> = {
  'deit-tiny': [12e6, 130e6],
  'deit-micro': [0.7e6, 4e6],
};

describe.each(weightsNames().filter((name) => name in limits))('%s', (name) => {
  test('has the figures of this file, its size and what it computes on its card', async () => {
    const bytes = await loadWeights(name);
    const card = await readFile(weightsPath(name).replace(/\.onnx$/, '.md'), 'utf8');
    expect(card).toContain(`SHA-256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
    const model = decodeModel(bytes);
    const [mostBytes, mostMacs] = limits[name]!;
    expect(bytes.length).toBeLessThanOrEqual(mostBytes);
    expect(countMacs(model)).toBeLessThanOrEqual(mostMacs);
    expect(card).toContain(`${countParameters(model).toLocaleString('en-US')} parameters`);
    expect(card).toContain(`${(countMacs(model) / 1e6).toFixed(1)} million multiply-accumulates`);
    expect(model.graph.outputs.map((output) => output.name)).toEqual(['logits', 'embedding']);
  });

  test('was trained on the recordings and persons of its teacher, and knows when a match is good enough', async () => {
    const metadataOf = async (model: string) => readMetadata(decodeModel(await loadWeights(model)).metadata);
    const [own, teacher] = await Promise.all([name, 'resnet34'].map(metadataOf));
    expect(own!.classes).toEqual(teacher!.classes);
    expect(own!.training).toEqual(teacher!.training);
    expect(own!.thresholds!.map(({ metric, fmr }) => `${metric} ${fmr}`)).toEqual(
      teacher!.thresholds!.map(({ metric, fmr }) => `${metric} ${fmr}`),
    );
  });
});

test('the one for the watch is there', () => expect(weightsNames()).toContain('deit-micro'));
