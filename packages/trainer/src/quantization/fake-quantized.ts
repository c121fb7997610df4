/**
 * Fake quantization (Jacob et al. 2018): a float network whose weights and activations go through QuantizeLinear and
 * DequantizeLinear wherever an int8 graph would hold codes. What it computes differs from the float network by what int8 costs;
 * trained like that, the weights learn to cost little. `quantizedValues` says where.
 */
import {
  type ActivationRanges,
  type Attribute,
  GraphError,
  inferShapes,
  int8Parameters,
  LEAST_WEIGHT_SCALE,
  MOST_WEIGHT_CODE,
  type Model,
  type Node,
  type OperatorName,
  type QuantizedWeight,
  quantizedValues,
  type Tensor,
  type TensorType,
  tensor,
} from '@edgebeat/graph';

/**
 * Puts the pairs into a network. Inputs, outputs and initializers keep their names, and the graph stays one of float32: its
 * weights can be trained (QuantizeLinear's gradient is the straight-through estimator), and be put back into the float network.
 *
 * - Weights: int8, symmetric, zero point 0, a scale for each output channel, max|w| / 127. It is computed in the graph, and so
 *   follows the weights as they are trained; no weight is ever clipped.
 * - Activations: int8, asymmetric, with the ranges given.
 * - Biases and what normalisations scale by stay float32.
 *
 * @param model a float32 network.
 * @param ranges of all activations whose scale the operator does not fix (see `activationRanges`); others are passed over.
 * @throws GraphError for an activation without a range, a graph that is quantized already, and what `inferShapes` throws.
 */
export function fakeQuantized(model: Model, ranges: ActivationRanges): Model {
  return new FakeQuantization(model).with(ranges);
}

class FakeQuantization {
  readonly #model: Model;
  readonly #types: ReadonlyMap<string, TensorType>;
  /** All that are taken. */
  readonly #names: Set<string>;
  readonly #initializers: Tensor[] = [];
  /** The nodes of pairs, by the value behind whose maker they stand. */
  readonly #pairs = new Map<string, Node[]>();
  /** What the makers of values call them now. */
  readonly #renamed = new Map<string, string>();
  /** What is read now in place of graph inputs. */
  readonly #inputs = new Map<string, string>();
  /** What a node reads now in place of its weights, by index. */
  readonly #weights = new Map<Node, Map<number, string>>();

  constructor(model: Model) {
    this.#model = model;
    this.#types = inferShapes(model.graph);
    this.#names = new Set(this.#types.keys());
  }

  with(ranges: ActivationRanges): Model {
    const { graph } = this.#model;
    const { weights, activations } = quantizedValues(graph);
    const known = new Map(activations.map(({ value, range }) => [value, range ?? ranges[value]]));
    const inputs = new Set(graph.inputs.map(({ name }) => name));
    for (const { value, like = value } of activations) {
      const range = known.get(like);
      if (!range) throw new GraphError(`value "${value}"`, 'has no range', 'calibrate this very network');
      this.#quantizeActivation(value, range, inputs.has(value));
    }
    for (const weight of weights) this.#quantizeWeight(weight);
    const given = [...graph.inputs, ...graph.initializers].flatMap(({ name }) => this.#pairs.get(name) ?? []);
    const made = graph.nodes.flatMap((node) => [
      this.#rewired(node),
      ...node.outputs.flatMap((output) => this.#pairs.get(output) ?? []),
    ]);
    const initializers = [...graph.initializers, ...this.#initializers];
    return { ...this.#model, graph: { ...graph, initializers, nodes: [...given, ...made], valueInfo: [] } };
  }

  #quantizeActivation(value: string, range: ActivationRanges[string], isInput: boolean): void {
    const { scale, zeroPoint } = int8Parameters(range);
    const source = isInput ? value : this.#free(`${value}/float`);
    const target = isInput ? this.#free(`${value}/dequantized`) : value;
    (isInput ? this.#inputs : this.#renamed).set(value, isInput ? target : source);
    const parameters = [
      this.#constant(`${value}/scale`, (name) => tensor(name, 'float32', [], [scale])),
      this.#constant(`${value}/zero_point`, (name) => tensor(name, 'int8', [], [zeroPoint])),
    ];
    this.#addPair(value, source, target, parameters, new Map());
  }

  #quantizeWeight({ value, axis, readers }: QuantizedWeight): void {
    const shape = this.#types.get(value)!.shape as readonly number[];
    const others = shape.flatMap((_, at) => (at === axis ? [] : [at]));
    const channels = axis === undefined ? [] : [shape[axis]!];
    const add = (operator: OperatorName, part: string, inputs: readonly string[], attributes: Attributes = new Map()) =>
      this.#add(value, operator, this.#free(`${value}/${part}`), inputs, attributes);
    const number = (part: string, of: number) =>
      this.#constant(`${value}/${part}`, (name) => tensor(name, 'float32', [], [of]));
    const axes = this.#constant(`${value}/axes`, (name) => tensor(name, 'int64', [others.length], others));
    const zeroPoints = this.#constant(`${value}/zero_point`, (name) =>
      tensor(name, 'int8', channels, new Int8Array(channels[0] ?? 1)),
    );
    const largest = add('ReduceMax', 'largest', [add('Abs', 'magnitude', [value]), axes], integers({ keepdims: 0 }));
    const step = add('Mul', 'step', [largest, number('inverse', 1 / MOST_WEIGHT_CODE)]);
    const scale = add('Max', 'scale', [step, number('least_scale', LEAST_WEIGHT_SCALE)]);
    const target = this.#free(`${value}/dequantized`);
    this.#addPair(value, value, target, [scale, zeroPoints], integers(axis === undefined ? {} : { axis }));
    for (const { node, input } of readers)
      this.#weights.set(node, new Map([...(this.#weights.get(node) ?? []), [input, target]]));
  }

  #addPair(value: string, source: string, target: string, parameters: readonly string[], attributes: Attributes) {
    const codes = this.#free(`${value}/quantized`);
    this.#add(value, 'QuantizeLinear', codes, [source, ...parameters], attributes);
    this.#add(value, 'DequantizeLinear', target, [codes, ...parameters], attributes);
  }

  #add(
    value: string,
    operator: OperatorName,
    output: string,
    inputs: readonly string[],
    attributes: Attributes,
  ): string {
    const node: Node = { name: `${output}/${operator}`, operator, inputs, outputs: [output], attributes };
    this.#pairs.set(value, [...(this.#pairs.get(value) ?? []), node]);
    return output;
  }

  #constant(stem: string, make: (name: string) => Tensor): string {
    const name = this.#free(stem);
    this.#initializers.push(make(name));
    return name;
  }

  #rewired(node: Node): Node {
    const weights = this.#weights.get(node);
    return {
      ...node,
      inputs: node.inputs.map((name, index) => weights?.get(index) ?? this.#inputs.get(name) ?? name),
      outputs: node.outputs.map((name) => this.#renamed.get(name) ?? name),
    };
  }

  /** A name that nothing has. */
  #free(stem: string): string {
    let name = stem;
    while (this.#names.has(name)) name += '_';
    this.#names.add(name);
    return name;
  }
}

type Attributes = ReadonlyMap<string, Attribute>;

function integers(values: Readonly<Record<string, number>>): Attributes {
  return new Map(Object.entries(values).map(([name, value]) => [name, { kind: 'int', value }]));
}
