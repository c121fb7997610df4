/**
 * Writes down the shapes that a model computes while it runs, which the supported subset wants as constants:
 *
 * - what follows from static shapes alone becomes an initializer;
 * - Reshape to a computed shape copies the symbolic dimensions (0), or lets one take what is left (−1);
 * - ConstantOfShape becomes an Expand, Dropout an Identity;
 * - Expand of learnt tokens to the batch goes: where they are then joined to others (as class tokens are), the others are padded
 *   and the tokens added to the zeros, which is the same sum; an Add or the like broadcasts by itself.
 */
import { GraphError } from '../graph-error.js';
import { inferNode } from '../inference/infer-node.js';
import type { Attribute, Dimension, Node, Shape } from '../model.js';
import { tensor } from '../tensor.js';
import { evaluateShape } from './evaluate-shape.js';
import { dimensionOf, isKnown } from './shape-value.js';
import { attributeValue, type UpgradeContext } from './upgrade-context.js';

const BROADCASTING: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div']);

export class ShapeResolver {
  readonly #context: UpgradeContext;
  readonly #outputs: ReadonlySet<string>;
  /** Nodes that are of no use where nothing reads them any more. */
  readonly #passing = new Set<Node>();
  /** Values that differ from another one by a broadcast along the batch only. */
  readonly #spread = new Map<string, string>();

  /** @param outputs names of the graph's outputs, whose nodes stay */
  constructor(context: UpgradeContext, outputs: ReadonlySet<string>) {
    this.#context = context;
    this.#outputs = outputs;
  }

  /** What stands in the place of a node of opset 21: itself, nothing where it became an initializer, or others. */
  resolve(node: Node): readonly Node[] {
    if (node.domain !== undefined) return [node];
    const output = node.outputs[0] ?? '';
    const value = this.#attempt(() => evaluateShape(node, this.#context));
    if (value !== undefined) {
      if (isKnown(value) && node.outputs.length === 1 && !this.#outputs.has(output)) {
        this.#context.addInitializer(tensor(output, value.dtype, value.shape, value.elements));
        return [];
      }
      this.#context.noteShape(output, value);
      this.#passing.add(node);
      return [node];
    }
    switch (node.operator) {
      case 'Dropout':
        return [this.#identityOf(node)];
      case 'Reshape':
        return [this.#reshaped(node)];
      case 'ConstantOfShape':
        return this.#expanded(this.#constantOfShape(node));
      case 'Expand':
        return this.#expanded(node);
      case 'Concat':
        return this.#joined(node);
      default:
        return [BROADCASTING.has(node.operator) ? this.#broadcast(node) : node];
    }
  }

  /** The nodes but for those that computed shapes that nothing reads any more. */
  withoutLeftOvers(nodes: readonly Node[]): Node[] {
    const read = new Set(this.#outputs);
    const kept = nodes.toReversed().filter((node) => {
      if (this.#passing.has(node) && !node.outputs.some((name) => read.has(name))) return false;
      for (const name of node.inputs) read.add(name);
      return true;
    });
    return kept.reverse();
  }

  /** Whatever shape rules refuse is not resolved here; `inferShapes` says what is wrong. */
  #attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return undefined;
    }
  }

  #shape(name: string | undefined): Shape | undefined {
    return name === undefined ? undefined : this.#context.type(name)?.shape;
  }

  #identityOf(node: Node): Node {
    const training = this.#context.constant(node.inputs[2] ?? '');
    const trains = (node.inputs[2] ?? '') !== '' && training?.data[0] !== 0;
    if (trains || node.outputs.slice(1).some((name) => name !== '')) return node;
    return {
      ...node,
      operator: 'Identity',
      inputs: node.inputs.slice(0, 1),
      outputs: node.outputs.slice(0, 1),
      attributes: new Map(),
    };
  }

  #reshaped(node: Node): Node {
    const wanted = this.#context.shapeValue(node.inputs[1] ?? '');
    const data = this.#shape(node.inputs[0]);
    if (!wanted || isKnown(wanted) || !data) return node;
    const sizes = wanted.elements.map((element, axis) => {
      if (typeof element === 'number') return element;
      return dimensionOf(element) === data[axis] ? 0 : -1;
    });
    const allowZero = attributeValue(node, 'allowzero', 'int') === 1;
    if (allowZero && wanted.elements.includes(0)) return node;
    const attributes = new Map([...node.attributes].filter(([name]) => name !== 'allowzero'));
    const known = {
      type: (name: string) => this.#context.type(name),
      constant: () => tensor('', 'int64', [sizes.length], sizes),
    };
    // What mixes the batch with other dimensions stays as it is.
    if (!this.#attempt(() => inferNode({ ...node, attributes }, known))) return node;
    const shape = this.#context.addConstant(node, 'shape', 'int64', [sizes.length], sizes);
    return { ...node, attributes, inputs: [node.inputs[0]!, shape] };
  }

  /** An Expand of one number, so that nothing large is made here. */
  #constantOfShape(node: Node): Node {
    const value = attributeValue(node, 'value', 'tensor');
    if (value && value.data.length !== 1) return node;
    const name = this.#context.freeName(node, 'value');
    this.#context.addInitializer(value ? { ...value, name, shape: [] } : tensor(name, 'float32', [], [0]));
    return { ...node, operator: 'Expand', inputs: [name, ...node.inputs], attributes: new Map() };
  }

  /** An Expand to a symbolic batch: one to the sizes that are known, and a note that the rest is a broadcast. */
  #expanded(node: Node): readonly Node[] {
    const [source = '', target = ''] = node.inputs;
    const wanted = this.#context.shapeValue(target);
    const data = this.#context.type(source);
    if (node.operator !== 'Expand' || !wanted || isKnown(wanted) || !data) return [node];
    const dimensions = wanted.elements.map(dimensionOf);
    const rank = Math.max(dimensions.length, data.shape.length);
    const shape = Array.from({ length: rank }, (_, axis) => {
      const asked = axis < rank - dimensions.length ? 1 : dimensions[axis - rank + dimensions.length];
      const own = data.shape[axis - rank + data.shape.length] ?? 1;
      return asked === 1 ? own : own === 1 || own === asked ? asked : undefined;
    });
    if (shape.includes(undefined)) return [node];
    const sizes = shape.map((size) => (typeof size === 'number' ? size : 1));
    const name = this.#context.freeName(node, 'known');
    const inputs = [source, this.#context.addConstant(node, 'sizes', 'int64', [rank], sizes)];
    this.#context.noteType(node.outputs[0]!, { dtype: data.dtype, shape: shape as Dimension[] });
    this.#spread.set(node.outputs[0]!, name);
    this.#passing.add(node);
    const narrow = { ...node, name: node.name === '' ? '' : `${node.name}/known`, inputs, outputs: [name] };
    this.#passing.add(narrow);
    return [narrow, node];
  }

  /** A broadcast operand need not be expanded where the other one has the whole shape. */
  #broadcast(node: Node): Node {
    const inputs = node.inputs.map((name, index) => {
      const narrow = this.#spread.get(name);
      const [own, other] = [this.#shape(name), this.#shape(node.inputs[1 - index])];
      return narrow !== undefined && other !== undefined && own?.join() === other.join() ? narrow : name;
    });
    return inputs.every((name) => this.#spread.has(name)) ? node : { ...node, inputs };
  }

  /** Values joined to others that are only broadcast to the batch: each is padded with zeros to the whole, then they are added. */
  #joined(node: Node): readonly Node[] {
    const shapes = node.inputs.map((name) => this.#shape(name));
    const first = shapes[0];
    const spread = node.inputs.some((name) => this.#spread.has(name));
    if (!spread || !first || node.inputs.every((name) => this.#spread.has(name))) return [node];
    const given = attributeValue(node, 'axis', 'int') ?? 0;
    const axis = given < 0 ? given + first.length : given;
    const lengths = shapes.map((shape) => shape?.[axis]);
    if (!lengths.every((length) => typeof length === 'number')) return [node];
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let offset = 0;
    const padded = node.inputs.map((name, index) => {
      const pads = first.flatMap(() => [0, 0]);
      pads[axis] = offset;
      pads[first.length + axis] = total - offset - lengths[index]!;
      offset += lengths[index]!;
      return this.#made(node, 'Pad', [this.#spread.get(name) ?? name, this.#pads(node, pads)], `padded.${index}`);
    });
    // The learnt ones first: their sum is a constant.
    const constant = (_: Node, index: number) => this.#spread.has(node.inputs[index]!);
    const summands = [...padded.filter(constant), ...padded.filter((one, index) => !constant(one, index))];
    const sums: Node[] = [];
    let sum = summands[0]!.outputs[0]!;
    summands.slice(1).forEach((summand, index) => {
      const isLast = index === summands.length - 2;
      const added = this.#made(node, 'Add', [sum, summand.outputs[0]!], `sum.${index}`);
      sums.push(isLast ? { ...added, name: node.name, outputs: node.outputs } : added);
      sum = added.outputs[0]!;
    });
    return [...padded, ...sums];
  }

  #pads(node: Node, pads: readonly number[]): string {
    return this.#context.addConstant(node, 'pads', 'int64', [pads.length], pads);
  }

  #made(node: Node, operator: string, inputs: readonly string[], what: string): Node {
    const name = node.name === '' ? '' : `${node.name}/${what}`;
    const attributes: ReadonlyMap<string, Attribute> = new Map();
    return { operator, name, inputs, outputs: [this.#context.freeName(node, what)], attributes };
  }
}
