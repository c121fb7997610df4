/**
 * LayerNormalization as float32 operators, in the order in which the integer interpreter computes it: TensorFlow Lite Micro has
 * no operator of its own for it. Its RSQRT, and that of TensorFlow Lite, is 1 / √x with both roundings.
 */
import type { TfliteGraphBuilder } from '../graph/graph-builder.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import type { BuiltinOperator } from '../schema/builtin-operators.js';
import type { BuiltinOptions } from '../schema/operator-options.js';
import { lastDimensionLast } from './last-dimension.js';
import type { Lowering } from './lowering.js';

export const lowerLayerNormalization: Lowering<'LayerNormalization'> = (context, operation) => {
  const [x, scale, bias] = operation.inputs as [string, string, string];
  const [y] = operation.outputs as [string];
  const { builder } = context;
  const layout = lastDimensionLast(context, x);
  const input = context.view(x, layout);
  const island = new RowIsland(builder, builder.shapeOf(input));
  const real = context.tensorOf(x).dtype === 'float32' ? input : island.all('DEQUANTIZE', [input]);
  const deviation = island.all('SUB', [real, island.mean(real)], 'Sub');
  const variance = island.mean(island.all('MUL', [deviation, deviation], 'Mul'));
  const stable = island.perRow('ADD', [variance, builder.float32(operation.attributes.epsilon)], { table: 'Add' });
  const inverse = island.perRow('RSQRT', [stable]);
  const normal = island.all('MUL', [deviation, inverse], 'Mul');
  const scaled = isAll(context, scale, 1) ? normal : island.all('MUL', [normal, context.view(scale, [0])], 'Mul');
  const shifted = isAll(context, bias, 0) ? scaled : island.all('ADD', [scaled, context.view(bias, [0])], 'Add');
  if (context.tensorOf(y).dtype === 'float32') context.alias(y, layout, shifted);
  else builder.operator('QUANTIZE', [shifted], context.define(y, layout));
};

/** Whether a constant says nothing. */
function isAll(context: LoweringContext, constant: string, value: number): boolean {
  return context.tensorOf(constant).data?.every((element) => element === value) ?? false;
}

/** float32 tensors of rows along the last dimension. */
class RowIsland {
  readonly #builder: TfliteGraphBuilder;
  readonly #shape: readonly number[];

  constructor(builder: TfliteGraphBuilder, shape: readonly number[]) {
    this.#builder = builder;
    this.#shape = shape;
  }

  /** An operator with one number for each element. */
  all(code: BuiltinOperator, inputs: readonly number[], table?: BuiltinOptions['table']): number {
    return this.#float32(code, inputs, this.#shape, table && { table });
  }

  /** An operator with one number for each row. */
  perRow(code: BuiltinOperator, inputs: readonly number[], options?: BuiltinOptions): number {
    return this.#float32(code, inputs, [...this.#shape.slice(0, -1), 1], options);
  }

  mean(input: number): number {
    const axis = this.#builder.int32s([this.#shape.length - 1]);
    return this.perRow('MEAN', [input, axis], { table: 'Reducer', keepDims: 1 });
  }

  #float32(
    code: BuiltinOperator,
    inputs: readonly number[],
    shape: readonly number[],
    options?: BuiltinOptions,
  ): number {
    const output = this.#builder.tensor({ shape, type: 'float32' });
    this.#builder.operator(code, inputs, output, options);
    return output;
  }
}
