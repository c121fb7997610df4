/** `resnet34`: lengths and channels of its stages, names of its weights. */
import type { Model } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { type ResNet34Options, resnet34 } from '../src/index.js';
import { seededSource } from './seeded-source.js';

const build = (options: Partial<ResNet34Options> = {}) =>
  resnet34({ classes: 3, width: 8, ...options }, seededSource(1));

const shapesOf = ({ graph }: Model, names: readonly string[]) =>
  names.map((name) => graph.valueInfo.find((value) => value.name === name)!.shape!.slice(1));

const lastOfStages = ['stage1.block2.relu', 'stage2.block3.relu', 'stage3.block5.relu', 'stage4.block2.relu'];

test.each([
  [4, [75, 38, 19, 10]],
  [2, [150, 75, 38, 19]],
  [1, [300, 150, 75, 38]],
] as const)('a stem of stride %i leaves stages of %j samples', (stemStride, lengths) => {
  const channels = [8, 16, 32, 64];
  expect(shapesOf(build({ stemStride }), lastOfStages)).toEqual(
    channels.map((count, stage) => [count, lengths[stage]]),
  );
});

test('shortcuts are convolutions where a stage begins anew, and nowhere else', () => {
  const names = build().graph.initializers.map(({ name }) => name);
  expect(names.filter((name) => name.endsWith('shortcut.weight'))).toEqual([
    'stage2.block0.shortcut.weight',
    'stage3.block0.shortcut.weight',
    'stage4.block0.shortcut.weight',
  ]);
  expect(names.filter((name) => /conv\d\.weight$/.test(name))).toHaveLength(32);
});

test('zeroInitResidual silences the last normalisation of every block, and nothing else', () => {
  const silent = build({ zeroInitResidual: true }).graph.initializers.filter(
    ({ name, data }) => name.endsWith('bn.weight') && data.every((value) => value === 0),
  );
  expect(silent.map(({ name }) => name.replace(/stage\d\.block\d/, ''))).toEqual(Array(16).fill('.conv2.bn.weight'));
});

test.each([0, 1.5])('refuses a width of %d', (width) => {
  expect(() => build({ width })).toThrow(`resnet34: width is ${width}`);
});
