/**
 * How often the parts of a kernel's loops run for a step: what its instructions are modelled by. A kernel's own file says what its
 * loops are; a table typed by `KernelName` does not compile until it says so for each of them.
 */
import type { CValue, Step } from '../backends/c/program/step.js';
import type { KernelName } from '../backends/c/source/kernels.js';

/** Numbers of runs by the part of the kernel; `call` is 1. */
export type KernelWork = Readonly<Record<string, number>>;

type Fields = { readonly [field: string]: CValue };
type Work = (step: Step) => KernelWork;

export function workOf(step: Step): KernelWork {
  return { call: 1, ...WORK[step.kernel](step) };
}

const spread: Work = (step) => loops(fieldsOf(step).sizes!);
const scaledPair: Work = (step) => loops(fieldsIn(fieldsOf(step), 'spread').sizes!);
const counted: Work = (step) => ({ element: Number(fieldsOf(step).count) });
/** The number of elements is an argument of its own. */
const countArgument: Work = ({ arguments: args }) => ({
  element: args.reduce((count, argument) => (argument.kind === 'number' ? argument.value : count), 0),
});
const rows: Work = (step) => rowsOf(fieldsOf(step));
const pooling: Work = (step) => {
  const { window, channels } = fieldsOf(step) as Fields & { window: Fields };
  const outputs = product(numbers(window, 'output_height', 'output_width')) * Number(channels);
  return { output: outputs, element: outputs * product(numbers(window, 'kernel_height', 'kernel_width')) };
};
const reduction: Work = (step) => reduced(fieldsOf(step));
const reductionWithin: Work = (step) => reduced(fieldsIn(fieldsOf(step), 'reduction'));

const WORK: Readonly<Record<KernelName, Work>> = {
  eb_conv_s8: conv,
  eb_fully_connected_s8(step) {
    const [count, depth, width] = numbers(fieldsOf(step), 'rows', 'depth', 'width') as [number, number, number];
    return { row: count, output: count * width, product: count * width * depth };
  },
  eb_mat_mul_s8(step) {
    const fields = fieldsOf(step);
    const row = product(numbers(fields, 'matrices', 'rows'));
    const output = row * Number(fields.columns);
    return { row, output, product: output * Number(fields.depth) };
  },
  eb_add_s8: scaledPair,
  eb_sub_s8: scaledPair,
  eb_mul_s8: scaledPair,
  eb_add_f32: spread,
  eb_sub_f32: spread,
  eb_mul_f32: spread,
  eb_div_f32: spread,
  eb_look_up_s8: countArgument,
  eb_sqrt_f32: countArgument,
  eb_clip_f32: counted,
  eb_strided_copy_s8: spread,
  eb_strided_copy_f32: spread,
  eb_fill_s8: counted,
  eb_fill_f32: counted,
  eb_softmax_s8: rows,
  eb_layer_normalization_s8: (step) => rowsOf(fieldsIn(fieldsOf(step), 'layer')),
  eb_layer_normalization_f32: rows,
  eb_l2_normalization_s8: rows,
  eb_max_pool_s8: pooling,
  eb_average_pool_s8: pooling,
  eb_quantize_s8: counted,
  eb_dequantize_s8: counted,
  eb_reduce_sum_s8: reductionWithin,
  eb_reduce_max_s8: reduction,
  eb_reduce_sum_f32: reductionWithin,
  eb_reduce_max_f32: reduction,
};

/** Where a window is no piece of the input, its rows are copied together first. */
function conv(step: Step): KernelWork {
  const fields = fieldsOf(step) as Fields & { window: Fields };
  const { window } = fields;
  const [inputHeight, inputWidth] = numbers(window, 'input_height', 'input_width') as [number, number];
  const [height, width] = numbers(window, 'output_height', 'output_width') as [number, number];
  const [kernelHeight, kernelWidth] = numbers(window, 'kernel_height', 'kernel_width') as [number, number];
  const [channels, filters, groups] = numbers(fields, 'input_channels', 'filters', 'groups') as [
    number,
    number,
    number,
  ];
  const [stride, dilation, pad] = numbers(window, 'stride_width', 'dilation_width', 'pad_left') as [
    number,
    number,
    number,
  ];
  const isFlat =
    groups === 1 && inputHeight === 1 && kernelHeight === 1 && dilation === 1 && Number(window.pad_top) === 0;
  const lefts = Array.from({ length: width }, (_, column) => column * stride - pad);
  const whole = isFlat ? lefts.filter((left) => left >= 0 && left + kernelWidth <= inputWidth).length : 0;
  const position = height * width * groups;
  const copied = height * (width - whole) * groups;
  const taps = kernelHeight * kernelWidth;
  const depth = taps * (channels / groups);
  const output = height * width * filters;
  return { position, copied, tap: copied * taps, byte: copied * depth, output, product: output * depth };
}

function rowsOf(fields: Fields): KernelWork {
  const [row, depth] = numbers(fields, 'rows', 'depth') as [number, number];
  return { row, element: row * depth };
}

/** Three outer loops around an inner one. */
function loops(sizes: CValue): KernelWork {
  const all = sizes as readonly number[];
  return { outer: product(all.slice(0, 3)), element: product(all) };
}

function reduced(fields: Fields): KernelWork {
  const together = fields.reduced_sizes as readonly number[];
  const output = product(fields.kept_sizes as readonly number[]);
  return { output, outer: output * product(together.slice(0, 3)), element: output * product(together) };
}

/** What the kernel is told. @throws Error for a step without: a mistake here. */
function fieldsOf({ kernel, arguments: args }: Step): Fields {
  const told = args.find((argument) => argument.kind === 'parameters');
  if (told?.kind !== 'parameters') throw new Error(`${kernel} is told nothing`);
  return told.value as Fields;
}

const fieldsIn = (fields: Fields, name: string) => fields[name] as Fields;
const numbers = (fields: Fields, ...names: readonly string[]) => names.map((name) => Number(fields[name]));
const product = (factors: readonly number[]) => factors.reduce((all, factor) => all * factor, 1);
