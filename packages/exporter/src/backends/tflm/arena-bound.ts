/**
 * An upper bound of the arena that TensorFlow Lite Micro needs for a model. The arena holds
 * - activations, and what kernels work with during their own step, where its greedy planner puts them (`greedyBytes`);
 * - while it plans, a record for each tensor instead of them;
 * - for good, a record for each tensor and for each operator, options of the operator, and what its kernel keeps.
 *
 * Sizes of records are rounded up from the structs of the sources of 2022 to 2025; each is given room to grow. Nothing was run here
 * but the arithmetic: `arena_used_bytes()` of the interpreter tells what a version really takes.
 */
import type { ArenaBlock } from '../../arena/arena-block.js';
import type { TfliteDescription, TfliteOperatorDescription } from '../tflite/describe-tflite.js';
import { greedyBytes } from './greedy-plan.js';

export interface ArenaBound {
  /** With pointers of 4 bytes, and of 8. */
  readonly bytes32: number;
  readonly bytes64: number;
  /** Of them, what activations and the scratch memory of kernels take. */
  readonly activationBytes: number;
}

const ALIGNMENT = 16;

/** In bytes, where pointers have 4 bytes and where they have 8. */
interface Records {
  /** TfLiteEvalTensor: data, dimensions, type. */
  readonly tensor: number;
  /** TfLiteNode and its registration, builtin options, the kernel's own data, each aligned. */
  readonly operator: number;
  /** A TfLiteTensor with its quantization, for each input and output of the model. */
  readonly inputOrOutput: number;
  /** Of the planner, for each tensor. */
  readonly planning: number;
  /** Allocator, planner, lists of the graph. */
  readonly once: number;
}

/** Of an operator: 40 + 48 + 96 bytes, then 80 + 64 + 144, and room for alignment. */
const RECORDS_32: Records = { tensor: 16, operator: 224, inputOrOutput: 192, planning: 80, once: 2048 };
const RECORDS_64: Records = { tensor: 32, operator: 352, inputOrOutput: 320, planning: 112, once: 4096 };

/** Multiplier and shift of each output channel of a convolution. */
const CHANNEL_BYTES = 8;

export function arenaBound(model: TfliteDescription): ArenaBound {
  const activationBytes = greedyBytes(blocksOf(model), ALIGNMENT);
  const kept = model.operators.reduce((sum, operator) => sum + keptBytes(operator, model), 0);
  const total = (records: Records) => {
    const forGood =
      kept +
      records.once +
      records.tensor * model.tensors.length +
      records.operator * model.operators.length +
      records.inputOrOutput * (model.inputs.length + model.outputs.length);
    const passing = Math.max(activationBytes, records.planning * model.tensors.length);
    return Math.ceil((forGood + passing) / 1024) * 1024;
  };
  return { bytes32: total(RECORDS_32), bytes64: total(RECORDS_64), activationBytes };
}

const WIDTHS: Readonly<Record<string, number>> = { int8: 1, int32: 4, float32: 4 };
const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function bytesOf({ tensors }: TfliteDescription, index: number): number {
  const { shape, type } = tensors[index]!;
  return count(shape) * WIDTHS[type]!;
}

/** Activations from their making to their last reading, the model's own inputs and outputs longer; scratch memory for its step. */
function blocksOf(model: TfliteDescription): ArenaBlock[] {
  const { tensors, operators } = model;
  const last = operators.length - 1;
  const own = new Set([...model.inputs, ...model.outputs].map(({ tensor }) => tensor));
  const lives = new Map<number, { first: number; last: number }>();
  for (const { tensor } of model.inputs) lives.set(tensor, { first: 0, last });
  operators.forEach(({ inputs, outputs }, step) => {
    for (const index of outputs) lives.set(index, { first: step, last: own.has(index) ? last : step });
    for (const index of inputs) {
      const life = lives.get(index);
      if (life) lives.set(index, { ...life, last: Math.max(life.last, step) });
    }
  });
  const activations = [...lives].map(([index, life]) => ({
    ...{ name: tensors[index]!.name ?? String(index), bytes: bytesOf(model, index) },
    ...life,
  }));
  const scratch = operators.flatMap((operator, step) =>
    scratchBytes(operator, model).map((bytes, i) => ({ name: `scratch ${step} ${i}`, bytes, first: step, last: step })),
  );
  return [...activations, ...scratch];
}

/** What a kernel works with during its step: reductions their indices and sums, convolutions of CMSIS-NN a few columns. */
function scratchBytes({ operator, inputs, outputs }: TfliteOperatorDescription, model: TfliteDescription): number[] {
  const [x, weight] = inputs as [number, number];
  switch (operator) {
    case 'MEAN':
    case 'SUM':
    case 'REDUCE_MAX':
      return [
        4 * model.tensors[x]!.shape.length,
        4 * model.tensors[x]!.shape.length,
        4 * count(model.tensors[outputs[0]!]!.shape),
      ];
    case 'CONV_2D':
      return [4 * roundedUp(count(model.tensors[weight]!.shape.slice(1)))];
    case 'DEPTHWISE_CONV_2D':
      return [4 * roundedUp(count(model.tensors[weight]!.shape))];
    case 'BATCH_MATMUL':
      return [4 * bytesOf(model, outputs[0]!)];
    default:
      return [];
  }
}

const roundedUp = (elements: number) => Math.ceil(elements / 16) * 16;

/** Beside its records, what an operator keeps. */
function keptBytes(
  { operator, inputs, outputs, options }: TfliteOperatorDescription,
  model: TfliteDescription,
): number {
  switch (operator) {
    case 'CONV_2D':
    case 'DEPTHWISE_CONV_2D':
      return CHANNEL_BYTES * model.tensors[outputs[0]!]!.shape.at(-1)! + 2 * ALIGNMENT;
    case 'BATCH_MATMUL':
      // A transposed copy of the right operand, unless it is transposed already.
      return (options.adjointY ? 0 : bytesOf(model, inputs[1]!)) + 64;
    default:
      return 0;
  }
}
