/** Collects the nodes and constants of a TensorFlow graph, and gives them names. */
import type { Attrs, NodeDef, TfType } from './node-def.js';
import { shapeAttr, typeAttr } from './node-def.js';

/** A constant of the graph: what a weights manifest lists. */
export interface Weight {
  readonly name: string;
  readonly dtype: TfType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

export class GraphWriter {
  readonly #names = new Set<string>();
  readonly #nodes: NodeDef[] = [];
  readonly #weights: Weight[] = [];
  /** Names of constants by what they hold, of those that are made by lowerings rather than trained. */
  readonly #shared = new Map<string, string>();

  get nodes(): readonly NodeDef[] {
    return this.#nodes;
  }

  get weights(): readonly Weight[] {
    return this.#weights;
  }

  /** Adds an input of the graph; −1 in the shape stands for any size. */
  placeholder(hint: string, dtype: TfType, shape: readonly number[]): string {
    return this.node('Placeholder', hint, [], { dtype: typeAttr(dtype), shape: shapeAttr(shape) });
  }

  /** Adds a constant. */
  weight(hint: string, dtype: TfType, shape: readonly number[], data: Weight['data']): string {
    const name = this.node('Const', hint, [], { dtype: typeAttr(dtype) });
    this.#weights.push({ name, dtype, shape, data });
    return name;
  }

  /** Adds whole numbers that an operator takes as an input: axes, sizes, permutations. Equal ones are one constant. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#share(`i[${shape}] ${values}`, () => this.weight('int32', 'int32', shape, Int32Array.from(values)));
  }

  /** Adds a float32 scalar. Equal ones are one constant. */
  scalar(value: number): string {
    const key = `f ${Object.is(value, -0) ? '-0' : value}`;
    return this.#share(key, () => this.weight('float32', 'float32', [], Float32Array.of(value)));
  }

  /**
   * Adds a node.
   *
   * @param hint what its name is made from
   * @returns the name of the node, which is that of its first output
   */
  node(op: string, hint: string, inputs: readonly string[], attr: Attrs = {}): string {
    const name = this.#freeName(hint);
    this.#nodes.push(inputs.length === 0 ? { name, op, attr } : { name, op, input: [...inputs], attr });
    return name;
  }

  #share(key: string, make: () => string): string {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const name = make();
    this.#shared.set(key, name);
    return name;
  }

  /** TensorFlow's names have no colon (it stands before the index of an output) and no blank. */
  #freeName(hint: string): string {
    const stem = hint.replace(/[^A-Za-z0-9._/-]/g, '_').replace(/^[^A-Za-z0-9.]+/, '') || 'node';
    let name = stem;
    for (let count = 1; this.#names.has(name); count++) name = `${stem}_${count}`;
    this.#names.add(name);
    return name;
  }
}
