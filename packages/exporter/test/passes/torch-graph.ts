/**
 * Graphs node for node as torch.onnx writes them, with its names: the TorchScript exporter (opsets 13 and 17: `/fc/Gemm`, `onnx::MatMul_123`,
 * shapes computed by Shape, Gather, Unsqueeze, Concat) and the dynamo exporter (opset 18: `node_linear`, `val_7`).
 */
import {
  type Attribute,
  elementCount,
  encodeModel,
  type Node,
  type Shape,
  type Tensor,
  tensor,
  type ValueInfo,
} from '@edgebeat/graph';
import { randomNumbers } from './same-outputs.js';

export const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value: Math.fround(value) });
export const text = (value: string): Attribute => ({ kind: 'string', value });

export class TorchGraph {
  readonly opset: number;
  readonly #nodes: Node[] = [];
  readonly #initializers: Tensor[] = [];
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #names = new Set<string>();
  #counter = 100;

  constructor(opset: number) {
    this.opset = opset;
  }

  input(name: string, shape: Shape): string {
    this.#inputs.push({ name, dtype: 'float32', shape });
    return name;
  }

  output(name: string, shape: Shape, made: string): void {
    this.#outputs.push({ name, dtype: 'float32', shape });
    const at = this.#nodes.findIndex(({ outputs }) => outputs[0] === made);
    this.#nodes[at] = { ...this.#nodes[at]!, outputs: [name] };
    for (const [index, node] of this.#nodes.entries()) {
      this.#nodes[index] = { ...node, inputs: node.inputs.map((input) => (input === made ? name : input)) };
    }
  }

  /** A node of a module: `scope` is `/layers.0/linear1`, its first output `SCOPE/OPERATOR_output_0`. */
  node(
    scope: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    let name = `${scope}/${operator}`;
    for (let count = 1; this.#names.has(name); count++) name = `${scope}/${operator}_${count}`;
    this.#names.add(name);
    const output = `${name}_output_0`;
    this.#nodes.push({ operator, name, inputs, outputs: [output], attributes: new Map(Object.entries(attributes)) });
    return output;
  }

  /** A Constant node that holds a tensor. */
  constant(scope: string, value: Tensor): string {
    return this.node(scope, 'Constant', [], { value: { kind: 'tensor', value } });
  }

  int64(scope: string, ...values: number[]): string {
    return this.constant(scope, tensor('', 'int64', [values.length], values));
  }

  scalar(scope: string, value: number): string {
    return this.constant(scope, tensor('', 'float32', [], [value]));
  }

  index(scope: string, value: number): string {
    return this.constant(scope, tensor('', 'int64', [], [value]));
  }

  /** A parameter that keeps its name, with random elements of this deviation or so. */
  parameter(name: string, shape: readonly number[], size = 0.2, offset = 0): string {
    const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 3);
    const data = randomNumbers(elementCount(shape), seed).map((value) => value * size + offset);
    this.#initializers.push(tensor(name, 'float32', shape, data));
    return name;
  }

  /** A parameter under the name that constant folding leaves: `onnx::MatMul_123`. */
  folded(operator: string, shape: readonly number[], size?: number, offset?: number): string {
    return this.parameter(`onnx::${operator}_${this.#counter++}`, shape, size, offset);
  }

  /** x.size(axis): Shape, Constant, Gather. */
  size(scope: string, x: string, axis: number): string {
    return this.node(scope, 'Gather', [this.node(scope, 'Shape', [x]), this.index(scope, axis)], { axis: int(0) });
  }

  /** x.view(…): sizes that are values are unsqueezed and joined to the constants. */
  view(scope: string, x: string, ...sizes: (string | number)[]): string {
    const parts = sizes.map((size) =>
      typeof size === 'number' ? this.int64(scope, size) : this.unsqueeze(scope, size, 0),
    );
    return this.node(scope, 'Reshape', [x, this.node(scope, 'Concat', parts, { axis: int(0) })]);
  }

  /** Axes are an attribute before opset 13. */
  unsqueeze(scope: string, x: string, axis: number): string {
    if (this.opset < 13) return this.node(scope, 'Unsqueeze', [x], { axes: ints(axis) });
    return this.node(scope, 'Unsqueeze', [x, this.int64(scope, axis)]);
  }

  /** nn.Linear over the last of several dimensions. */
  linear(scope: string, x: string, from: number, to: number): string {
    const product = this.node(scope, 'MatMul', [x, this.folded('MatMul', [from, to], 1 / Math.sqrt(from))]);
    return this.node(scope, 'Add', [this.parameter(`${scope.slice(1).replaceAll('/', '.')}.bias`, [to]), product]);
  }

  /** nn.LayerNorm: one node from opset 17 on, nine before. */
  layerNorm(scope: string, x: string, width: number): string {
    const stem = scope.slice(1).replaceAll('/', '.');
    const weight = this.parameter(`${stem}.weight`, [width], 0.3, 1);
    const bias = this.parameter(`${stem}.bias`, [width]);
    if (this.opset >= 17)
      return this.node(scope, 'LayerNormalization', [x, weight, bias], { axis: int(-1), epsilon: float(1e-5) });
    const centred = this.node(scope, 'Sub', [x, this.node(scope, 'ReduceMean', [x], { axes: ints(-1) })]);
    const square = this.node(scope, 'Pow', [centred, this.scalar(scope, 2)]);
    const variance = this.node(scope, 'ReduceMean', [square], { axes: ints(-1) });
    const deviation = this.node(scope, 'Sqrt', [this.node(scope, 'Add', [variance, this.scalar(scope, 1e-5)])]);
    const normal = this.node(scope, 'Div', [centred, deviation]);
    return this.node(scope, 'Add', [this.node(scope, 'Mul', [normal, weight]), bias]);
  }

  /** nn.GELU before opset 20. */
  gelu(scope: string, x: string): string {
    const erf = this.node(scope, 'Erf', [this.node(scope, 'Div', [x, this.scalar(scope, 1.4142135381698608)])]);
    const product = this.node(scope, 'Mul', [x, this.node(scope, 'Add', [erf, this.scalar(scope, 1)])]);
    return this.node(scope, 'Mul', [product, this.scalar(scope, 0.5)]);
  }

  encode(): Uint8Array {
    return encodeModel({
      irVersion: 8,
      opset: this.opset,
      producer: { name: 'pytorch', version: '2.4.0' },
      metadata: new Map([['task', 'identity']]),
      graph: {
        name: 'main_graph',
        inputs: this.#inputs,
        outputs: this.#outputs,
        nodes: this.#nodes,
        initializers: this.#initializers,
        valueInfo: [],
      },
    });
  }
}
