/** Collects tensors and operators of a TFLite graph; equal constants become one. */
import type { BuiltinOperator } from '../schema/builtin-operators.js';
import type { BuiltinOptions } from '../schema/operator-options.js';
import { operatorVersion } from '../schema/operator-version.js';
import type { NamedTensor, TensorQuantization, TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.js';

export class TfliteGraphBuilder {
  readonly #tensors: TfliteTensor[] = [];
  readonly #operators: TfliteOperator[] = [];
  readonly #constants = new Map<string, number>();

  /** @returns its index */
  tensor(tensor: TfliteTensor): number {
    return this.#tensors.push(tensor) - 1;
  }

  /** A tensor with data; the same index for the same one. */
  constant(tensor: Omit<TfliteTensor, 'name'> & Required<Pick<TfliteTensor, 'data'>>): number {
    const { shape, type, quantization, data } = tensor;
    const parameters =
      quantization && [quantization.scales.join(), quantization.zeroPoint, quantization.axis].join(';');
    const key = [type, shape.join(), parameters, data.join()].join('|');
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const index = this.tensor(tensor);
    this.#constants.set(key, index);
    return index;
  }

  /** One-dimensional int32: sizes, axes, paddings. */
  int32s(values: readonly number[]): number {
    return this.constant({ shape: [values.length], type: 'int32', data: Int32Array.from(values) });
  }

  float32(value: number): number {
    return this.constant({ shape: [1], type: 'float32', data: Float32Array.of(value) });
  }

  /** Adds an operator that makes one tensor. */
  operator(code: BuiltinOperator, inputs: readonly number[], output: number, options?: BuiltinOptions): void {
    const version = operatorVersion(
      code,
      inputs.map((input) => this.#tensors[input]!),
      [this.#tensors[output]!],
    );
    this.#operators.push({ code, version, inputs, outputs: [output], ...(options && { options }) });
  }

  shapeOf(index: number): readonly number[] {
    return this.#tensors[index]!.shape;
  }

  quantizationOf(index: number): TensorQuantization | undefined {
    return this.#tensors[index]!.quantization;
  }

  /** Gives a name to a tensor that has none. */
  rename(index: number, name: string): void {
    this.#tensors[index] = { ...this.#tensors[index]!, name };
  }

  build(name: string, inputs: readonly NamedTensor[], outputs: readonly NamedTensor[]): TfliteGraph {
    return { name, tensors: [...this.#tensors], operators: [...this.#operators], inputs, outputs };
  }
}
