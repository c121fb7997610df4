/** Networks as torch.onnx writes them; `batch` is a size or a symbol. */
import { type Dimension, tensor } from '@edgebeat/graph';
import { float, int, ints, TorchGraph } from './torch-graph.js';

/** Conv1d, BatchNorm1d (not fused, as with training=PRESERVE), ReLU; a residual block, F.pad, x.view(x.size(0), −1), two Linear. */
export function residualNet(opset: number, batch: Dimension): Uint8Array {
  const g = new TorchGraph(opset);
  const window = (kernel: number, stride: number, padding: number) => ({
    dilations: ints(1),
    group: int(1),
    kernel_shape: ints(kernel),
    pads: ints(padding, padding),
    strides: ints(stride),
  });
  const batchNorm = (scope: string, x: string, channels: number) => {
    const stem = scope.slice(1).replaceAll('/', '.');
    const parameters = [
      g.parameter(`${stem}.weight`, [channels], 0.3, 1),
      g.parameter(`${stem}.bias`, [channels]),
      g.parameter(`${stem}.running_mean`, [channels]),
      g.parameter(`${stem}.running_var`, [channels], 0.2, 1),
    ];
    return g.node(scope, 'BatchNormalization', [x, ...parameters], {
      epsilon: float(1e-5),
      momentum: float(0.9),
      ...(opset >= 14 ? { training_mode: int(0) } : {}),
    });
  };
  const x = g.input('input', [batch, 3, 60]);
  // F.pad(x, (2, 3)) as the exporter spells it: [2, 3], zeros for the other axes, pairs reversed.
  const zeros = g.node('', 'ConstantOfShape', [g.int64('', 4)], {
    value: { kind: 'tensor', value: tensor('', 'int64', [1], [0]) },
  });
  const pairs = g.node('', 'Reshape', [
    g.node('', 'Concat', [g.int64('', 2, 3), zeros], { axis: int(0) }),
    g.int64('', -1, 2),
  ]);
  const ends = [g.int64('', -1), g.int64('', -(2 ** 53 - 1)), g.int64('', 0), g.int64('', -1)];
  const reversed = g.node('', 'Transpose', [g.node('', 'Slice', [pairs, ...ends])], { perm: ints(1, 0) });
  const pads = g.node('', 'Cast', [g.node('', 'Reshape', [reversed, g.int64('', -1)])], { to: int(7) });
  const padded = g.node('', 'Pad', [x, pads, g.scalar('', 0)], { mode: { kind: 'string', value: 'constant' } });
  const stem = g.node('/conv1', 'Conv', [padded, g.parameter('conv1.weight', [8, 3, 7])], window(7, 2, 0));
  const relu = g.node('/relu', 'Relu', [batchNorm('/bn1', stem, 8)]);
  const pooled = g.node('/maxpool', 'MaxPool', [relu], {
    ceil_mode: int(0),
    dilations: ints(1),
    kernel_shape: ints(3),
    pads: ints(1, 1),
    strides: ints(2),
  });
  const conv = (scope: string, from: string, kernel: number, bias: boolean) =>
    g.node(
      scope,
      'Conv',
      [
        from,
        g.parameter(`${scope.slice(1)}.weight`, [8, 8, kernel]),
        ...(bias ? [g.parameter(`${scope.slice(1)}.bias`, [8])] : []),
      ],
      window(kernel, 1, (kernel - 1) / 2),
    );
  const first = g.node('/layer1/relu', 'Relu', [batchNorm('/layer1/bn1', conv('/layer1/conv1', pooled, 3, false), 8)]);
  const second = batchNorm('/layer1/bn2', conv('/layer1/conv2', first, 3, true), 8);
  const sum = g.node('/layer1/relu_1', 'Relu', [g.node('/layer1', 'Add', [second, pooled])]);
  // Pre-activation: a BatchNorm that follows no layer.
  const head = g.node('/head', 'Relu', [batchNorm('/head/bn', sum, 8)]);
  const mean = g.node('/avgpool', 'GlobalAveragePool', [head]);
  const flat = g.view('', mean, g.size('', mean, 0), -1);
  const dropped =
    opset >= 12
      ? g.node('/dropout', 'Dropout', [
          flat,
          g.scalar('/dropout', 0.5),
          g.constant('/dropout', tensor('', 'bool', [], [0])),
        ])
      : g.node('/dropout', 'Dropout', [flat], { ratio: float(0.5) });
  const neck = batchNorm('/neck', dropped, 8);
  const gemm = { alpha: float(1), beta: float(1), transB: int(1) };
  const fc = g.node('/fc', 'Gemm', [neck, g.parameter('fc.weight', [5, 8]), g.parameter('fc.bias', [5])], gemm);
  g.output('logits', [batch, 5], fc);
  g.output('embedding', [batch, 8], neck);
  return g.encode();
}

/** Conv2d, ReLU6, AvgPool2d, depthwise Conv2d, torch.flatten(x, 1), an MLP with BatchNorm1d, F.normalize left out. */
export function imageNet(opset: number, batch: Dimension): Uint8Array {
  const g = new TorchGraph(opset);
  const x = g.input('x', [batch, 1, 16, 12]);
  const relu6 = (scope: string, value: string) =>
    g.node(scope, 'Clip', [value, g.scalar(scope, 0), g.scalar(scope, 6)]);
  const window = { dilations: ints(1, 1), pads: ints(1, 1, 1, 1), kernel_shape: ints(3, 3) };
  const weight = g.folded('Conv', [6, 1, 3, 3]);
  const conv = g.node('/features/features.0', 'Conv', [x, weight, g.folded('Conv', [6])], {
    ...window,
    group: int(1),
    strides: ints(2, 2),
  });
  const depthwise = g.node(
    '/features/features.3',
    'Conv',
    [relu6('/features/features.2', conv), g.folded('Conv', [6, 1, 3, 3]), g.folded('Conv', [6])],
    { ...window, group: int(6), strides: ints(1, 1) },
  );
  const pooled = g.node('/pool', 'AveragePool', [relu6('/features/features.5', depthwise)], {
    ceil_mode: int(0),
    count_include_pad: int(1),
    kernel_shape: ints(2, 2),
    pads: ints(0, 0, 0, 0),
    strides: ints(2, 2),
  });
  const flat = g.node('', 'Flatten', [pooled], { axis: int(1) });
  const gemm = { alpha: float(1), beta: float(1), transB: int(1) };
  const hidden = g.node(
    '/classifier/classifier.0',
    'Gemm',
    [flat, g.parameter('classifier.0.weight', [16, 72], 0.1), g.parameter('classifier.0.bias', [16])],
    gemm,
  );
  const normal = g.node(
    '/classifier/classifier.1',
    'BatchNormalization',
    [
      hidden,
      g.parameter('classifier.1.weight', [16], 0.2, 1),
      g.parameter('classifier.1.bias', [16]),
      g.parameter('classifier.1.running_mean', [16]),
      g.parameter('classifier.1.running_var', [16], 0.2, 1),
    ],
    { epsilon: float(1e-5), momentum: float(0.9) },
  );
  const active = g.gelu('/classifier/classifier.2', normal);
  const logits = g.node(
    '/classifier/classifier.3',
    'Gemm',
    [active, g.parameter('classifier.3.weight', [4, 16]), g.parameter('classifier.3.bias', [4])],
    gemm,
  );
  g.output('out', [batch, 4], g.node('', 'Softmax', [logits], { axis: int(-1) }));
  return g.encode();
}

const WIDTH = 12;
const TOKENS = 6;
const HEADS = 3;

/** A vision transformer: class token expanded to the batch, attention by one qkv Linear, reshape, permute and three Gathers. */
export function visionTransformer(opset: number, batch: Dimension): Uint8Array {
  const g = new TorchGraph(opset);
  const x = g.input('beats', [batch, 2, 20]);
  const patches = g.node(
    '/patch_embed',
    'Conv',
    [x, g.parameter('patch_embed.weight', [WIDTH, 2, 4]), g.parameter('patch_embed.bias', [WIDTH])],
    {
      dilations: ints(1),
      group: int(1),
      kernel_shape: ints(4),
      pads: ints(0, 0),
      strides: ints(4),
    },
  );
  const tokens = g.node('', 'Transpose', [patches], { perm: ints(0, 2, 1) });
  // cls_token.expand(x.shape[0], -1, -1)
  const rows = g.unsqueeze('', g.size('', tokens, 0), 0);
  const wanted = g.node('', 'Concat', [rows, g.int64('', -1), g.int64('', -1)], { axis: int(0) });
  const flat = g.node('', 'Reshape', [wanted, g.int64('', -1)]);
  const ones = g.node('', 'ConstantOfShape', [g.node('', 'Shape', [flat])], {
    value: { kind: 'tensor', value: tensor('', 'int64', [1], [1]) },
  });
  const marks = g.node('', 'Mul', [ones, g.index('', -1)]);
  const shape = g.node('', 'Where', [g.node('', 'Equal', [flat, marks]), ones, flat]);
  const learnt = g.node('', 'Expand', [g.parameter('cls_token', [1, 1, WIDTH]), shape]);
  const joined = g.node('', 'Concat', [learnt, tokens], { axis: int(1) });
  const embedded = g.node('', 'Add', [joined, g.parameter('pos_embed', [1, TOKENS, WIDTH])]);
  const attended = g.node('', 'Add', [
    embedded,
    attention(g, '/blocks.0/attn', g.layerNorm('/blocks.0/norm1', embedded, WIDTH)),
  ]);
  const hidden = g.gelu(
    '/blocks.0/mlp/act',
    g.linear('/blocks.0/mlp/fc1', g.layerNorm('/blocks.0/norm2', attended, WIDTH), WIDTH, 24),
  );
  const block = g.node('', 'Add', [attended, g.linear('/blocks.0/mlp/fc2', hidden, 24, WIDTH)]);
  const first = g.node('', 'Gather', [g.layerNorm('/norm', block, WIDTH), g.index('', 0)], { axis: int(1) });
  const gemm = { alpha: float(1), beta: float(1), transB: int(1) };
  const logits = g.node(
    '/head',
    'Gemm',
    [first, g.parameter('head.weight', [5, WIDTH]), g.parameter('head.bias', [5])],
    gemm,
  );
  g.output('logits', [batch, 5], logits);
  return g.encode();
}

function attention(g: TorchGraph, scope: string, x: string): string {
  const [rows, count] = [g.size(scope, x, 0), g.size(scope, x, 1)];
  const qkv = g.view(scope, g.linear(`${scope}/qkv`, x, WIDTH, 3 * WIDTH), rows, count, 3, HEADS, WIDTH / HEADS);
  const parts = g.node(scope, 'Transpose', [qkv], { perm: ints(2, 0, 3, 1, 4) });
  const [q, k, v] = [0, 1, 2].map((index) =>
    g.node(scope, 'Gather', [parts, g.index(scope, index)], { axis: int(0) }),
  ) as [string, string, string];
  const keys = g.node(scope, 'Transpose', [k], { perm: ints(0, 1, 3, 2) });
  const scores = g.node(scope, 'Mul', [g.node(scope, 'MatMul', [q, keys]), g.scalar(scope, 0.5)]);
  const answers = g.node(scope, 'MatMul', [g.node(scope, 'Softmax', [scores], { axis: int(-1) }), v]);
  const merged = g.view(scope, g.node(scope, 'Transpose', [answers], { perm: ints(0, 2, 1, 3) }), rows, count, WIDTH);
  return g.linear(`${scope}/proj`, merged, WIDTH, WIDTH);
}

/**
 * nn.TransformerEncoderLayer with batch_first, opset 17: nn.MultiheadAttention puts the batch second, makes one dimension of batch and
 * heads, and goes through scaled_dot_product_attention, which takes the scale from the shape of the queries.
 */
export function encoderLayer(opset: number, batch: Dimension): Uint8Array {
  const g = new TorchGraph(opset);
  const scope = '/self_attn';
  const width = WIDTH / HEADS;
  const src = g.input('src', [batch, TOKENS, WIDTH]);
  const x = g.node(scope, 'Transpose', [src], { perm: ints(1, 0, 2) });
  const [length, rows] = [g.size(scope, x, 0), g.size(scope, x, 1)];
  const packed = g.node(scope, 'Add', [
    g.node(scope, 'MatMul', [x, g.folded('MatMul', [WIDTH, 3 * WIDTH], 0.3)]),
    g.parameter('self_attn.in_proj_bias', [3 * WIDTH]),
  ]);
  const split = g.view(scope, packed, length, rows, 3, WIDTH);
  const wide = g.node(scope, 'Transpose', [g.node(scope, 'Unsqueeze', [split, g.int64(scope, 0)])], {
    perm: ints(3, 1, 2, 0, 4),
  });
  const parts = g.node(scope, 'Squeeze', [wide, g.int64(scope, 3)]);
  const merged = g.node(scope, 'Mul', [rows, g.index(scope, HEADS)]);
  const perHead = [0, 1, 2].map((index) => {
    const part = g.node(scope, 'Gather', [parts, g.index(scope, index)], { axis: int(0) });
    const heads = g.node(scope, 'Transpose', [g.view(scope, part, length, merged, width)], { perm: ints(1, 0, 2) });
    return g.view(scope, heads, rows, HEADS, length, width);
  });
  const [q, k, v] = perHead as [string, string, string];
  const last = g.node(scope, 'Slice', [g.node(scope, 'Shape', [q]), g.int64(scope, -1), g.int64(scope, 2 ** 53 - 1)]);
  const root = g.node(scope, 'Sqrt', [g.node(scope, 'Cast', [last], { to: int(1) })]);
  const scale = g.node(scope, 'Sqrt', [
    g.node(scope, 'Div', [g.constant(scope, tensor('', 'float32', [1], [1])), root]),
  ]);
  const keys = g.node(scope, 'Transpose', [k], { perm: ints(0, 1, 3, 2) });
  const products = g.node(scope, 'MatMul', [g.node(scope, 'Mul', [q, scale]), g.node(scope, 'Mul', [keys, scale])]);
  const answers = g.node(scope, 'MatMul', [g.node(scope, 'Softmax', [products], { axis: int(-1) }), v]);
  const moved = g.node(scope, 'Transpose', [answers], { perm: ints(2, 0, 1, 3) });
  const all = g.node(scope, 'Mul', [rows, length]);
  const matrix = g.view(scope, moved, all, WIDTH);
  const gemm = { alpha: float(1), beta: float(1), transB: int(1) };
  const projected = g.node(
    scope,
    'Gemm',
    [matrix, g.parameter('self_attn.out_proj.weight', [WIDTH, WIDTH]), g.parameter('self_attn.out_proj.bias', [WIDTH])],
    gemm,
  );
  const back = g.node(scope, 'Transpose', [g.view(scope, projected, length, rows, WIDTH)], { perm: ints(1, 0, 2) });
  const normal = g.layerNorm('/norm1', g.node('', 'Add', [src, back]), WIDTH);
  const hidden = g.node('', 'Relu', [g.linear('/linear1', normal, WIDTH, 20)]);
  g.output(
    'output',
    [batch, TOKENS, WIDTH],
    g.layerNorm('/norm2', g.node('', 'Add', [normal, g.linear('/linear2', hidden, 20, WIDTH)]), WIDTH),
  );
  return g.encode();
}

/** The dynamo exporter: Shape with start and end, sizes joined as they are, Reshape with allowzero, ReduceMean over an input's axes. */
export function dynamoTransformer(batch: Dimension): Uint8Array {
  const g = new TorchGraph(18);
  const x = g.input('x', [batch, TOKENS - 1, WIDTH]);
  const rows = g.node('', 'Shape', [x], { start: int(0), end: int(1) });
  const expanded = g.node('', 'Expand', [
    g.parameter('cls_token', [1, 1, WIDTH]),
    g.node('', 'Concat', [rows, g.int64('', 1), g.int64('', WIDTH)], { axis: int(0) }),
  ]);
  const embedded = g.node('', 'Add', [
    g.node('', 'Concat', [expanded, x], { axis: int(1) }),
    g.parameter('pos_embed', [1, TOKENS, WIDTH]),
  ]);
  const normal = g.layerNorm('/norm1', embedded, WIDTH);
  const shape = g.node('', 'Concat', [rows, g.int64('', TOKENS), g.int64('', HEADS), g.int64('', WIDTH / HEADS)], {
    axis: int(0),
  });
  const [q, k, v] = ['q', 'k', 'v'].map((part) => {
    const value = g.linear(`/${part}`, normal, WIDTH, WIDTH);
    return g.node('', 'Transpose', [g.node('', 'Reshape', [value, shape], { allowzero: int(1) })], {
      perm: ints(0, 2, 1, 3),
    });
  }) as [string, string, string];
  const root = g.parameter('val_9', [], 0, Math.SQRT1_2);
  const keys = g.node('', 'Mul', [g.node('', 'Transpose', [k], { perm: ints(0, 1, 3, 2) }), root]);
  const weights = g.node('', 'Softmax', [g.node('', 'MatMul', [g.node('', 'Mul', [q, root]), keys])], {
    axis: int(-1),
  });
  const answers = g.node('', 'Transpose', [g.node('', 'MatMul', [weights, v])], { perm: ints(0, 2, 1, 3) });
  const merged = g.node('', 'Concat', [rows, g.int64('', TOKENS), g.int64('', WIDTH)], { axis: int(0) });
  const attended = g.node('', 'Reshape', [answers, merged], { allowzero: int(1) });
  const sum = g.node('', 'Add', [embedded, g.linear('/proj', attended, WIDTH, WIDTH)]);
  const mean = g.node('', 'ReduceMean', [g.gelu('/act', sum), g.int64('', 1)], {
    keepdims: int(0),
    noop_with_empty_axes: int(0),
  });
  g.output('embedding', [batch, WIDTH], mean);
  return g.encode();
}
