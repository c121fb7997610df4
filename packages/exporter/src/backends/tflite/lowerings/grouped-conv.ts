/**
 * Convolutions in groups of several channels, which TensorFlow Lite Micro does not have: each group is cut out and convolved, and
 * the answers are put together.
 */
import type { BiasTensor, CodeTensor, Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import type { Layout } from '../layout/layout.js';
import type { ConvSteps } from './conv.js';

/** @param input @param output indices of tensors [N, H, W, C] */
export function emitGroups(
  context: LoweringContext,
  operation: Operation<'Conv'>,
  filterLayout: Layout,
  input: number,
  output: number,
  steps: ConvSteps,
): void {
  const { builder } = context;
  const [, weight, bias] = operation.inputs as [string, string, string];
  const { group } = operation.attributes;
  const [batch, height, width, filters] = builder.shapeOf(output) as [number, number, number, number];
  const answers = Array.from({ length: group }, (_, part) => {
    const answer = builder.tensor({
      shape: [batch, height, width, filters / group],
      type: 'int8',
      quantization: builder.quantizationOf(output)!,
    });
    const inputs = [
      channels(context, input, group, part),
      context.constant(filtersOf(context.tensorOf(weight) as CodeTensor, group, part), filterLayout),
      context.constant(biasesOf(context.tensorOf(bias) as BiasTensor, group, part), [0]),
    ];
    builder.operator('CONV_2D', inputs, answer, { table: 'Conv2D', ...steps });
    return answer;
  });
  builder.operator('CONCATENATION', answers, output, { table: 'Concatenation', axis: 3 });
}

function channels({ builder }: LoweringContext, input: number, group: number, part: number): number {
  const shape = builder.shapeOf(input);
  const size = shape[3]! / group;
  const others = shape.slice(0, 3);
  const bounds = [
    [0, 0, 0, part * size],
    [...others, (part + 1) * size],
    [1, 1, 1, 1],
  ];
  const quantization = builder.quantizationOf(input)!;
  const output = builder.tensor({ shape: [...others, size], type: 'int8', quantization });
  const inputs = [input, ...bounds.map((values) => builder.int32s(values))];
  builder.operator('STRIDED_SLICE', inputs, output, { table: 'StridedSlice' });
  return output;
}

function filtersOf(weight: CodeTensor, group: number, part: number): CodeTensor {
  const [filters, ...rest] = weight.shape as [number, ...number[]];
  return {
    ...weight,
    name: `${weight.name}.${part}`,
    shape: [filters / group, ...rest],
    quantization: { ...weight.quantization, scales: partOf(weight.quantization.scales, group, part) },
    data: share(weight.data!, group, part),
  };
}

function biasesOf(bias: BiasTensor, group: number, part: number): BiasTensor {
  const data = share(bias.data, group, part);
  const quantization = { ...bias.quantization, scales: partOf(bias.quantization.scales, group, part) };
  return { ...bias, name: `${bias.name}.${part}`, shape: [data.length], quantization, data };
}

/** The scales of one group; a single scale is everybody's. */
function partOf(scales: Float32Array, group: number, part: number): Float32Array {
  return scales.length === 1 ? scales : share(scales, group, part);
}

function share<T extends Int8Array | Int32Array | Float32Array>(data: T, group: number, part: number): T {
  const size = data.length / group;
  return data.slice(part * size, (part + 1) * size) as T;
}
