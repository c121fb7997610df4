import type { Build, CasesOf, GradientCase } from '../gradient-check.js';

/** How the input is padded, for a kernel and dilation of one dimension. */
const paddings = {
  'no pads': () => ({}),
  'equal pads': (reach: number) => ({ pads: [Math.ceil(reach / 2), Math.ceil(reach / 2)] }),
  'unequal pads': (reach: number) => ({ pads: [reach, Math.max(0, reach - 2)] }),
  'pads behind': (reach: number) => ({ pads: [0, reach + 1] }),
  valid: () => ({ auto_pad: 'VALID' }),
  'same upper': () => ({ auto_pad: 'SAME_UPPER' }),
  'same lower': () => ({ auto_pad: 'SAME_LOWER' }),
} as const;

/** [group, filters] for 4 channels: dense, grouped, depthwise, depthwise with two filters a channel. */
const groupings = [
  [1, 3],
  [2, 6],
  [4, 4],
  [4, 8],
] as const;

const linear = (build: Build): GradientCase => ({ build, precision: 'linear' });

function* oneDimension(): Generator<[string, GradientCase]> {
  let count = 0;
  for (const stride of [1, 2, 3]) {
    for (const dilation of [1, 2, 3]) {
      for (const kernel of [1, 2, 3, 5, 7]) {
        for (const [index, [padding, padsOf]] of Object.entries(paddings).entries()) {
          // Wide kernels, which take long, meet half of the paddings each, by turns.
          if (kernel > 3 && (index + stride + dilation) % 2 === 1) continue;
          // onnxruntime refuses them together.
          if (padding.startsWith('same') && dilation > 1) continue;
          const reach = (kernel - 1) * dilation;
          const [group, filters] = groupings[count % groupings.length]!;
          // Some lengths leave elements at the end that no window reaches.
          const size = reach + 4 + (count % 3);
          count++;
          yield [
            `kernel ${kernel}, stride ${stride}, dilation ${dilation}, group ${group}, ${filters} filters, ${padding}, size ${size}`,
            linear(({ g, x }) =>
              g.conv(x([2, 4, size]), x([filters, 4 / group, kernel]), x([filters]), {
                group,
                strides: [stride],
                dilations: [dilation],
                ...padsOf(reach),
              }),
            ),
          ];
        }
      }
    }
  }
}

/** Kernel, strides, dilations and padding differ between height and width. */
const twoDimensions = (
  [
    { kernel: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] },
    { kernel: [1, 1], strides: [2, 2], dilations: [1, 1], pads: [0, 0, 0, 0] },
    { kernel: [1, 3], strides: [3, 1], dilations: [1, 2], pads: [1, 2, 0, 2] },
    { kernel: [3, 3], strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] },
    { kernel: [3, 3], strides: [2, 2], dilations: [1, 1], pads: [1, 1, 1, 1] },
    { kernel: [3, 2], strides: [2, 3], dilations: [2, 1], pads: [0, 1, 3, 0] },
    { kernel: [2, 5], strides: [3, 2], dilations: [3, 2], pads: [1, 4, 2, 3] },
    { kernel: [3, 2], strides: [1, 3], dilations: [2, 3], auto_pad: 'VALID' },
    { kernel: [2, 3], strides: [2, 1], dilations: [1, 1], auto_pad: 'SAME_UPPER' },
    { kernel: [2, 3], strides: [2, 2], dilations: [1, 1], auto_pad: 'SAME_LOWER' },
  ] as const
).flatMap(({ kernel, ...window }) =>
  groupings.map(([group, filters]): [string, GradientCase] => [
    `group ${group}, ${filters} filters, ${JSON.stringify({ kernel, ...window })}`,
    linear(({ g, x }) =>
      g.conv(x([2, 4, 7, 8]), x([filters, 4 / group, ...kernel]), x([filters]), { group, ...window }),
    ),
  ]),
);

export const conv: CasesOf<'Conv'> = {
  Conv: {
    ...Object.fromEntries(oneDimension()),
    ...Object.fromEntries(twoDimensions),
    'no bias': linear(({ g, x }) => g.conv(x([2, 3, 6]), x([4, 3, 3]), { pads: [1, 1] })),
    'three dimensions': linear(({ g, x }) =>
      g.conv(x([1, 2, 4, 5, 4]), x([2, 2, 2, 3, 1]), x([2]), { strides: [2, 1, 2], pads: [1, 1, 0, 0, 1, 0] }),
    ),
    'padding wider than the kernel': linear(({ g, x }) =>
      g.conv(x([2, 2, 5]), x([3, 2, 2]), { strides: [2], pads: [4, 3] }),
    ),
  },
};
