/** Parameters and multiply-accumulates of the networks. */
import { countMacs, countParameters, type Model } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { deitMicro, deitTiny, resnet34 } from '../src/index.js';
import { seededSource } from './seeded-source.js';

const classes = 90;

/** Millions of parameters and of multiply-accumulates as the literature and the design of edgebeat have them. */
const figures: readonly [string, () => Model, number, number][] = [
  ['resnet34', () => resnet34({ classes }, seededSource(1)), 7.3, 108],
  ['resnet34, stem of stride 1', () => resnet34({ classes, stemStride: 1 }, seededSource(1)), 7.3, 420],
  ['deit-tiny, patch stem', () => deitTiny({ classes, stem: 'patch' }, seededSource(1)), 5.4, 119],
  ['deit-tiny', () => deitTiny({ classes }, seededSource(1)), 5.5, 124],
  ['deit-micro, patch stem', () => deitMicro({ classes, stem: 'patch' }, seededSource(1)), 0.15, 3.2],
  ['deit-micro', () => deitMicro({ classes }, seededSource(1)), 0.16, 3.7],
];

test.each(figures)('%s has the size expected', (_, build, millionParameters, millionMacs) => {
  const model = build();
  expect(Math.abs(countParameters(model) / 1e6 / millionParameters - 1)).toBeLessThan(0.01);
  expect(Math.abs(countMacs(model) / 1e6 / millionMacs - 1)).toBeLessThan(0.01);
});
