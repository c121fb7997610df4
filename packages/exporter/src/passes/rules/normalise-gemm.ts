/**
 * Gemm as a fully connected layer: alpha and beta go into weights and bias, transA becomes a Transpose, a bias is one number for each
 * output. A Gemm of two computed matrices is a MatMul.
 */
import type { Attribute, AttributesOf, Node, Operators, Tensor } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { perChannel } from '../linear-layer.js';
import { attributesIf, floats, int, ints, node as makeNode, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

export const normaliseGemm: Rule = {
  name: 'normalise-gemm',
  match(node, view) {
    const attributes = attributesIf(node, 'Gemm');
    if (!attributes || view.type(node.inputs[0])?.dtype !== 'float32') return undefined;
    return new Normaliser(node, attributes, view).replacement();
  },
};

type GemmAttributes = AttributesOf<Operators['Gemm']['attributes']>;

class Normaliser {
  readonly #node: Node;
  readonly #attributes: GemmAttributes;
  readonly #view: GraphView;
  readonly #name: string;
  readonly #nodes: Node[] = [];
  readonly #initializers: Tensor[] = [];

  constructor(node: Node, attributes: GemmAttributes, view: GraphView) {
    this.#node = node;
    this.#attributes = attributes;
    this.#view = view;
    this.#name = nameOf(node);
  }

  replacement(): Replacement | undefined {
    const { alpha, beta, transA, transB } = this.#attributes;
    const [a = '', b = '', c = ''] = this.#node.inputs;
    const output = this.#node.outputs[0]!;
    const weight = this.#view.floats(b);
    const channels = this.#view.shape(output)![1];
    const stored = this.#view.floats(c);
    const bias = stored && typeof channels === 'number' ? perChannel(stored, channels, 1, 2) : undefined;
    const plainBias =
      c === '' || (bias !== undefined && beta === 1 && stored!.shape.length === 1 && stored!.shape[0] === channels);
    if (weight && alpha === 1 && !transA && plainBias) return undefined;
    const left = transA ? this.#made('Transpose', 'transposed', [a], { perm: ints(1, 0) }) : a;
    let right = weight && alpha !== 1 ? this.#constant('weight', weight.shape, weight.data, alpha) : b;
    if (!weight && transB) right = this.#made('Transpose', 'right', [b], { perm: ints(1, 0) });
    const inputs = [left, right];
    if (weight && bias) inputs.push(this.#constant('bias', [bias.length], bias, beta));
    const addApart = c !== '' && inputs.length === 2;
    const attributes: Record<string, Attribute> = transB ? { transB: int(1) } : {};
    let result = this.#made(weight ? 'Gemm' : 'MatMul', 'product', inputs, weight ? attributes : {});
    if (!weight && alpha !== 1) result = this.#made('Mul', 'scaled', [result, this.#scalar('alpha', alpha)], {});
    if (addApart) result = this.#made('Add', 'biased', [result, this.#scaledBias(c, beta)], {});
    const last = this.#nodes.findIndex(({ outputs }) => outputs[0] === result);
    this.#nodes[last] = { ...this.#nodes[last]!, name: this.#node.name, outputs: [output] };
    return { remove: [this.#node], add: this.#nodes, initializers: this.#initializers };
  }

  #scaledBias(c: string, beta: number): string {
    const constant = this.#view.floats(c);
    if (beta === 1) return c;
    if (constant) return this.#constant('bias', constant.shape, constant.data, beta);
    return this.#made('Mul', 'beta.scaled', [c, this.#scalar('beta', beta)], {});
  }

  #made(
    operator: Parameters<typeof makeNode>[0],
    what: string,
    inputs: readonly string[],
    attributes: Parameters<typeof makeNode>[4],
  ): string {
    const output = this.#view.freeName(`${this.#name}/${what}`);
    this.#nodes.push(makeNode(operator, output, inputs, output, attributes));
    return output;
  }

  #scalar(what: string, value: number): string {
    return this.#constant(what, [], [1], value);
  }

  #constant(what: string, shape: readonly number[], values: ArrayLike<number>, factor: number): string {
    const name = this.#view.freeName(`${this.#name}/${what}`);
    this.#initializers.push(
      floats(
        name,
        shape,
        Float32Array.from(values, (value) => value * factor),
      ),
    );
    return name;
  }
}
