/**
 * Bias correction (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", measured instead of
 * derived): rounding weights and inputs shifts the mean of a channel's outputs, and a bias can take the shift back.
 */
import {
  elementCount,
  type Int8Parameters,
  inferShapes,
  type Model,
  type Node,
  type Tensor,
  tensor,
} from '@edgebeat/graph';
import { ModelRunner, type RunnerOptions, type Window } from '../runner/model-runner.js';
import { CodeScales } from './code-scales.js';
import type { MatrixOperator } from './matrix-operators.js';
import { weightCodes } from './weight-codes.js';

/**
 * Each operator is run beside itself in the float network, once as it is and once with rounded input and weight, so that its shift
 * is its own: what those before it shift is taken back there.
 *
 * @param operators of the model, @param parameters of its activations.
 * @returns the biases to write, by the output of the operator.
 */
export async function correctedBiases(
  model: Model,
  operators: readonly MatrixOperator[],
  parameters: ReadonlyMap<string, Int8Parameters>,
  windows: readonly Window[],
  options: RunnerOptions,
): Promise<ReadonlyMap<string, Float32Array>> {
  const probe = new ShiftProbe(model, parameters);
  const probed = operators.filter(({ adder }) => adder !== undefined);
  const differences = probed.map((operator) => probe.add(operator));
  const runner = await ModelRunner.open(probe.model(), { ...options, values: differences });
  const sums = new Map(
    probed.map(({ output }, index) => [differences[index]!, { output, count: 0, sum: new Float64Array() }]),
  );
  try {
    for await (const { values } of runner.batches(windows)) {
      for (const [name, elements] of values) {
        const its = sums.get(name)!;
        const channels = probe.channelsOf(name);
        if (its.sum.length === 0) its.sum = new Float64Array(channels);
        its.count += elements.length / channels;
        for (let i = 0; i < elements.length; i++) its.sum[i % channels]! += elements[i]!;
      }
    }
  } finally {
    await runner.release();
  }
  const biases = new Map(model.graph.initializers.map((constant) => [constant.name, constant.data as Float32Array]));
  return new Map(
    probed.map(({ output, bias }, index) => {
      const { count, sum } = sums.get(differences[index]!)!;
      const before = bias === undefined ? new Float32Array(sum.length) : biases.get(bias)!;
      const corrected = Float32Array.from(
        sum,
        (shift, channel) => before[before.length === 1 ? 0 : channel]! - shift / count,
      );
      return [output, corrected];
    }),
  );
}

class ShiftProbe {
  readonly #model: Model;
  readonly #types: ReturnType<typeof inferShapes>;
  readonly #scales: CodeScales;
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #initializers: Tensor[] = [];
  readonly #nodes: Node[] = [];
  readonly #channels = new Map<string, number>();

  constructor(model: Model, parameters: ReadonlyMap<string, Int8Parameters>) {
    this.#model = model;
    this.#types = inferShapes(model.graph);
    this.#scales = new CodeScales(model.graph, parameters);
    this.#constants = new Map(model.graph.initializers.map((constant) => [constant.name, constant]));
  }

  /** @returns the name of the differences, one row of channels or several for each window. */
  add({ node, input, weight }: MatrixOperator): string {
    const [output] = node.outputs as [string];
    const name = (part: string) => `${output}/probe/${part}`;
    const { scale, zeroPoint } = this.#scales.of(input);
    const { shape, data } = this.#constants.get(weight.value)!;
    const { codes, scales } = weightCodes(data as Float32Array, shape, weight.axis);
    this.#initializers.push(
      tensor(name('scale'), 'float32', [], [scale]),
      tensor(name('zero'), 'int8', [], [zeroPoint]),
      tensor(name('codes'), 'int8', shape, codes),
      tensor(name('scales'), 'float32', scales.length === 1 ? [] : [scales.length], scales),
    );
    const parameters = [name('scale'), name('zero')];
    const axis: Readonly<Record<string, number>> = weight.axis === undefined ? {} : { axis: weight.axis };
    this.#add('QuantizeLinear', [input, ...parameters], name('q'));
    this.#add('DequantizeLinear', [name('q'), ...parameters], name('x'));
    this.#add('DequantizeLinear', [name('codes'), name('scales')], name('w'), axis);
    const inputs = node.inputs.map((one) => (one === input ? name('x') : one === weight.value ? name('w') : one));
    this.#nodes.push({ ...node, name: name('node'), inputs, outputs: [name('y')] });
    this.#add('Sub', [name('y'), output], name('difference'));
    return this.#meanByChannel(node, name);
  }

  channelsOf(difference: string): number {
    return this.#channels.get(difference)!;
  }

  model(): Model {
    const { graph } = this.#model;
    const initializers = [...graph.initializers, ...this.#initializers];
    return { ...this.#model, graph: { ...graph, initializers, nodes: [...graph.nodes, ...this.#nodes] } };
  }

  /** Over positions; channels are the second dimension of Conv, the last of others. */
  #meanByChannel(node: Node, name: (part: string) => string): string {
    const { shape } = this.#types.get(node.outputs[0]!)!;
    const at = node.operator === 'Conv' ? 1 : shape.length - 1;
    const axes = shape.flatMap((_, axis) => (axis === 0 || axis === at ? [] : [axis]));
    const result = axes.length === 0 ? name('difference') : name('mean');
    this.#channels.set(result, elementCount([shape[at] as number]));
    if (axes.length === 0) return result;
    this.#initializers.push(tensor(name('axes'), 'int64', [axes.length], axes));
    this.#add('ReduceMean', [name('difference'), name('axes')], result, { keepdims: 0 });
    return result;
  }

  #add(operator: string, inputs: readonly string[], output: string, attributes: Readonly<Record<string, number>> = {}) {
    const entries = Object.entries(attributes).map(([key, value]) => [key, { kind: 'int', value }] as const);
    this.#nodes.push({ name: output, operator, inputs, outputs: [output], attributes: new Map(entries) });
  }
}
