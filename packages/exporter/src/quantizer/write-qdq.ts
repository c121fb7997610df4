/**
 * Writes an int8 graph as ONNX: integer initializers behind DequantizeLinear, and pairs of QuantizeLinear and DequantizeLinear
 * around the activations that are held as codes. Inputs and outputs stay float32.
 */
import {
  type Attribute,
  type Int8Parameters,
  type Model,
  type Node,
  type QuantizedValues,
  type QuantizedWeight,
  tensor,
} from '@edgebeat/graph';
import { ExportError } from '../export-error.js';
import { CodeScales } from './code-scales.js';
import { ConstantPool } from './constant-pool.js';
import { readsFloat } from './island-candidates.js';
import { type MatrixOperator, matrixOperators } from './matrix-operators.js';
import { weightCodesOnce } from './rounded-once.js';
import { biasCodes, leastScaleForBias } from './weight-codes.js';

export interface QdqPlan {
  readonly quantized: QuantizedValues;
  /** Of every activation in `quantized`. */
  readonly parameters: ReadonlyMap<string, Int8Parameters>;
  /** Float islands: activations that stay float32 for the operators that take them so (see `readsFloat`). */
  readonly floats?: ReadonlySet<string>;
  /** Biases to write in place of the model's, by the output of the matrix operator. */
  readonly biases?: ReadonlyMap<string, Float32Array>;
}

export interface WrittenWeight {
  readonly value: string;
  readonly axis: number | undefined;
  /** Largest difference between a weight and what its code stands for. */
  readonly maxError: number;
}

export interface WrittenQdq {
  readonly model: Model;
  readonly weights: readonly WrittenWeight[];
}

/** Operators over which onnxruntime moves pairs. */
const MOVED_OVER: readonly string[] = ['MaxPool', 'Reshape', 'Slice', 'Squeeze', 'Transpose', 'Unsqueeze'];

/**
 * - Activations: int8, asymmetric. The output of the pair has the value's name, so that the int8 graph and the float one can be
 *   compared by names; of an input, which keeps its own, what comes behind the pair is called otherwise.
 * - Weights: int8, symmetric, no zero point, a scale for each output channel. Biases of Conv and Gemm: int32, in units of input
 *   scale · weight scale, the product of float32 numbers rounded once. Both have the names of the float32 tensors. What an Add behind
 *   MatMul adds stays float32, for onnxruntime computes it so: readers round it to the same units.
 * - What is added is named as shortly as can be, and equal constants are shared: a small network has few weights to hide names
 *   behind.
 *
 * @param model float32, prepared: weights and biases are initializers.
 * @throws ExportError for a weight or bias that is computed, and one of a shape that int8 operators do not take.
 */
export function writeQdq(model: Model, plan: QdqPlan): WrittenQdq {
  return new QdqWriter(model, plan).write();
}

class QdqWriter {
  readonly #model: Model;
  readonly #plan: QdqPlan;
  readonly #pool: ConstantPool;
  readonly #scales: CodeScales;
  readonly #written: WrittenWeight[] = [];
  /** DequantizeLinear of constants, and the pairs of graph inputs: before all else. */
  readonly #first: Node[] = [];
  /** Pairs by the value that comes out of them. */
  readonly #pairs = new Map<string, readonly Node[]>();
  /** What the makers of values call them now. */
  readonly #renamed = new Map<string, string>();
  /** What is read now in place of graph inputs. */
  readonly #inputs = new Map<string, string>();
  /** What a node reads now, by index. */
  readonly #rewired = new Map<Node, Map<number, string>>();

  constructor(model: Model, plan: QdqPlan) {
    this.#model = model;
    this.#plan = plan;
    this.#pool = new ConstantPool(model.graph);
    this.#scales = new CodeScales(model.graph, plan.parameters);
  }

  write(): WrittenQdq {
    const { graph } = this.#model;
    const { weights, activations } = this.#plan.quantized;
    const held = new Set(activations.map(({ value }) => value));
    const inputs = new Set(graph.inputs.map(({ name }) => name));
    for (const { value } of activations)
      this.#writeActivation(value, this.#plan.parameters.get(value)!, inputs.has(value));
    this.#repeatBehindMoves();
    const operators = matrixOperators(graph, weights, held);
    for (const weight of weights)
      this.#writeWeight(
        weight,
        operators.filter((one) => one.weight === weight),
      );
    const made = graph.nodes.flatMap((node) => [
      this.#rewiredNode(node),
      ...node.outputs.flatMap((output) => this.#pairs.get(output) ?? []),
    ]);
    const nodes = [...this.#first, ...made];
    return {
      model: { ...this.#model, graph: this.#pool.completed({ ...graph, nodes, valueInfo: [] }) },
      weights: this.#written,
    };
  }

  /**
   * Codes that only move have pairs again behind that, of the same scale and zero point. Otherwise onnxruntime puts them there
   * itself, and version 1.30 takes them for uint8 in opset 21.
   */
  #repeatBehindMoves(): void {
    const parameters = new Map(this.#plan.parameters);
    for (const { operator, inputs, outputs } of this.#model.graph.nodes) {
      const its = MOVED_OVER.includes(operator) ? parameters.get(inputs[0]!) : undefined;
      const [output] = outputs as [string];
      if (its === undefined || parameters.has(output)) continue;
      parameters.set(output, its);
      this.#writeActivation(output, its, false);
    }
  }

  #writeActivation(value: string, { scale, zeroPoint }: Int8Parameters, isInput: boolean): void {
    const parameters = [this.#pool.scale([], [scale]), this.#pool.zeroPoint(zeroPoint)];
    const isIsland = this.#plan.floats?.has(value) === true;
    if (isIsland && this.#codeReaders(value).length === 0) return;
    const codes = this.#pool.freeName();
    const other = this.#pool.freeName();
    const [source, target] = isInput || isIsland ? [value, other] : [other, value];
    if (isIsland) for (const [reader, input] of this.#codeReaders(value)) this.#rewire(reader, input, other);
    else (isInput ? this.#inputs : this.#renamed).set(value, other);
    const pair = [
      node('QuantizeLinear', [source, ...parameters], codes),
      node('DequantizeLinear', [codes, ...parameters], target),
    ];
    if (isInput) this.#first.push(...pair);
    else this.#pairs.set(value, pair);
  }

  /** Who reads an activation and wants codes. */
  #codeReaders(value: string): [Node, number][] {
    return this.#model.graph.nodes
      .filter((reader) => !readsFloat(reader))
      .flatMap((reader) =>
        reader.inputs.flatMap((name, input): [Node, number][] => (name === value ? [[reader, input]] : [])),
      );
  }

  #writeWeight(weight: QuantizedWeight, operators: readonly MatrixOperator[]): void {
    const { value, axis, readers } = weight;
    const { data, shape } = this.#pool.float32(value, 'weight');
    const channels = axis === undefined ? 1 : shape[axis]!;
    const biased = operators.map((operator) => ({ operator, bias: this.#biasOf(operator, channels) }));
    const leastScales = new Float32Array(channels);
    for (const { operator, bias = new Float32Array() } of biased) {
      const inputScale = this.#scales.of(operator.input).scale;
      for (const [channel, real] of bias.entries()) {
        const at = channels === 1 ? 0 : channel;
        leastScales[at] = Math.max(leastScales[at]!, leastScaleForBias(real, inputScale));
      }
    }
    const { codes, scales, maxError } = weightCodesOnce(data, shape, axis, leastScales);
    this.#written.push({ value, axis, maxError });
    const name = this.#pool.replacing(value, (free) => tensor(free, 'int8', shape, codes));
    const real = this.#dequantized(name, scales, axis);
    for (const { node: reader, input } of readers) this.#rewire(reader, input, real);
    for (const { operator, bias } of biased) if (bias) this.#writeBias(operator, bias, scales);
  }

  /** One number for each channel. */
  #biasOf({ output, bias, adder, node }: MatrixOperator, channels: number): Float32Array | undefined {
    const given = this.#plan.biases?.get(output);
    if (given !== undefined) return given;
    if (bias === undefined || adder === undefined) return undefined;
    const { data, shape } = this.#pool.float32(bias, 'bias');
    if (data.length === 1 && channels > 1) return new Float32Array(channels).fill(data[0]!);
    if (data.length === shape.at(-1) && (channels === 1 || data.length === channels)) return data;
    throw new ExportError(
      `node "${node.name}" (${node.operator}): its bias "${bias}" is [${shape.join(', ')}]`,
      `Give one number for each of its ${channels} output channels.`,
    );
  }

  #writeBias(operator: MatrixOperator, data: Float32Array, weightScales: Float32Array): void {
    const { node: product, input, adder, bias, output } = operator;
    if (product.operator === 'MatMul') {
      this.#writeRealBias(operator, data);
      return;
    }
    const inputScale = this.#scales.of(input).scale;
    const scales = weightScales.map((scale) => inputScale * scale);
    const make = (name: string) => tensor(name, 'int32', [data.length], biasCodes(data, scales));
    const name = bias === undefined ? this.#pool.added(`${output}.bias`, make) : this.#pool.replacing(bias, make);
    this.#rewire(adder!.node, adder!.input, this.#dequantized(name, scales, 0));
  }

  /** The Add behind a MatMul. */
  #writeRealBias({ adder, bias, output }: MatrixOperator, data: Float32Array): void {
    const given = bias === undefined ? undefined : this.#pool.float32(bias, 'bias');
    if (given?.shape.length === 1 && given.data === data) return;
    const make = (name: string) => tensor(name, 'float32', [data.length], data);
    const name = bias === undefined ? this.#pool.added(`${output}.bias`, make) : this.#pool.replacing(bias, make);
    this.#rewire(adder!.node, adder!.input, name);
  }

  #dequantized(codes: string, scales: Float32Array, axis: number | undefined): string {
    const real = this.#pool.freeName();
    const isOne = axis === undefined || scales.length === 1;
    const scale = isOne ? this.#pool.scale([], scales) : this.#pool.scale([scales.length], scales);
    this.#first.push(node('DequantizeLinear', [codes, scale], real, isOne || axis === 1 ? [] : [['axis', axis]]));
    return real;
  }

  #rewire(reader: Node, input: number, name: string): void {
    const inputs = this.#rewired.get(reader) ?? new Map<number, string>();
    this.#rewired.set(reader, inputs.set(input, name));
  }

  #rewiredNode(original: Node): Node {
    const rewired = this.#rewired.get(original) ?? new Map<number, string>();
    const count = Math.max(original.inputs.length, ...[...rewired.keys()].map((index) => index + 1));
    const inputs = Array.from({ length: count }, (_, index) => {
      const name = original.inputs[index] ?? '';
      return rewired.get(index) ?? this.#inputs.get(name) ?? name;
    });
    const outputs = original.outputs.map((name) => this.#renamed.get(name) ?? name);
    // Errors and reports name a node by its output where it has no other name.
    const { name } = original;
    return { ...original, name: original.outputs.includes(name) ? '' : name, inputs, outputs };
  }
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly (readonly [string, number])[] = [],
): Node {
  const entries = attributes.map(([name, value]): [string, Attribute] => [name, { kind: 'int', value }]);
  return { name: '', operator, inputs, outputs: [output], attributes: new Map(entries) };
}
