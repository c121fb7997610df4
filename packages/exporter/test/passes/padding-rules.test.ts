/** Rules about padding. */
import { expect, test } from '@jest/globals';
import { applyRule } from '../../src/passes/apply-rule.js';
import { foldPad } from '../../src/passes/rules/fold-pad.js';
import { writeOutPadding } from '../../src/passes/rules/write-out-padding.js';
import { build, type Case, describeRule, image, random, signal } from './describe-rule.js';

const windows: Readonly<Record<string, Case>> = {
  'SAME_UPPER with a stride': [
    (g) => g.conv(signal(g), random(g, 'w', [3, 4, 4]), { auto_pad: 'SAME_UPPER', strides: [3] }),
    'Conv',
  ],
  'SAME_LOWER in two dimensions': [
    (g) => g.maxPool(image(g), { kernel_shape: [2, 3], strides: [1, 2], auto_pad: 'SAME_LOWER' }),
    'MaxPool',
  ],
  'VALID, the mean': [(g) => g.averagePool(image(g), { kernel_shape: [2, 3], auto_pad: 'VALID' }), 'AveragePool'],
  'ceil_mode with a window that hangs over': [
    (g) => g.maxPool(signal(g), { kernel_shape: [3], strides: [2], ceil_mode: true }),
    'MaxPool',
  ],
  'ceil_mode of a mean': [
    (g) => g.averagePool(signal(g), { kernel_shape: [4], strides: [4], pads: [1, 0], ceil_mode: true }),
    'AveragePool',
  ],
  'ceil_mode without need': [
    (g) => g.maxPool(signal(g), { kernel_shape: [2], strides: [2], ceil_mode: true }),
    'MaxPool',
  ],
  'padding that counts': [
    (g) => g.averagePool(signal(g), { kernel_shape: [3], pads: [1, 1], count_include_pad: true }),
    'Pad AveragePool',
  ],
  'padding that would count': [
    (g) => g.averagePool(signal(g), { kernel_shape: [3], count_include_pad: true }),
    'AveragePool',
  ],
  'nothing to write out': [(g) => g.maxPool(signal(g), { kernel_shape: [3], pads: [1, 1], strides: [2] }), 'MaxPool'],
};

describeRule(writeOutPadding, windows);

describeRule(foldPad, {
  'before Conv with padding of its own': [
    (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 2])), random(g, 'w', [3, 4, 3]), { pads: [1, 0] }),
    'Conv',
  ],
  'in two dimensions, along axes, before VALID': [
    (g) =>
      g.conv(g.pad(image(g), g.int64([1, 2, 0, 1]), g.float32(0), g.int64([3, -2])), random(g, 'w', [3, 4, 2, 3]), {
        auto_pad: 'VALID',
      }),
    'Conv',
  ],
  'read by two': [
    (g) => {
      const x = g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]));
      return [g.conv(x, random(g, 'w', [3, 4, 3])), g.conv(x, random(g, 'v', [3, 4, 2]), { strides: [2] })];
    },
    'Conv Conv',
  ],
  'of another number': [
    (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]), g.float32(1)), random(g, 'w', [3, 4, 3])),
    'Pad Conv',
  ],
  'of channels': [(g) => g.conv(g.pad(signal(g), g.int64([0, 1, 0, 0, 0, 0])), random(g, 'w', [3, 5, 3])), 'Pad Conv'],
  'that cuts': [(g) => g.conv(g.pad(signal(g), g.int64([0, 0, -1, 0, 0, 1])), random(g, 'w', [3, 4, 3])), 'Pad Conv'],
  'of the edge': [
    (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]), { mode: 'edge' }), random(g, 'w', [3, 4, 3])),
    'Pad Conv',
  ],
});

test('no window is left that pads by itself', () => {
  for (const [make] of Object.values(windows)) {
    const { nodes } = applyRule(writeOutPadding, build(make).graph).graph;
    const names = nodes.flatMap(({ attributes }) => [...attributes.keys()]);
    expect(names.filter((name) => /auto_pad|ceil_mode|count_include_pad/.test(name))).toEqual([]);
  }
});
