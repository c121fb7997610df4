/** The initializers and names of a graph while it is rewritten. */
import { type Graph, type Tensor, tensor } from '@edgebeat/graph';
import { ExportError } from '../export-error.js';

export class ConstantPool {
  readonly #names: Set<string>;
  readonly #originals: ReadonlyMap<string, Tensor>;
  readonly #added: Tensor[] = [];
  /** What stands in place of an original, once it is no longer read as float32. */
  readonly #replacements = new Map<string, Tensor>();
  /** Names of scales and zero points by what they hold. */
  readonly #shared = new Map<string, string>();
  #count = 0;

  constructor({ inputs, initializers, nodes }: Graph) {
    this.#originals = new Map(initializers.map((one) => [one.name, one]));
    this.#names = new Set([...inputs.map(({ name }) => name), ...this.#originals.keys()]);
    for (const { outputs } of nodes) for (const output of outputs) this.#names.add(output);
  }

  /** A float32 initializer. @throws ExportError for what is computed, though it follows from constants. */
  float32(name: string, role: string): { readonly data: Float32Array; readonly shape: readonly number[] } {
    const constant = this.#originals.get(name);
    if (constant?.dtype === 'float32') return { data: constant.data, shape: constant.shape };
    throw new ExportError(`${role} "${name}": is no float32 initializer`, 'Fold constants first: see prepareModel.');
  }

  /** The shortest name that nothing has. */
  freeName(): string {
    let name: string;
    do name = `_${(this.#count++).toString(36)}`;
    while (this.#names.has(name));
    this.#names.add(name);
    return name;
  }

  scale(shape: readonly number[], scales: Float32Array | readonly number[]): string {
    return this.#sharedConstant(`${shape} ${scales.join()}`, (name) =>
      tensor(name, 'float32', shape, Float32Array.from(scales)),
    );
  }

  zeroPoint(code: number): string {
    return this.#sharedConstant(`zero point ${code}`, (name) => tensor(name, 'int8', [], [code]));
  }

  /** Adds a tensor under this name, or one like it. */
  added(stem: string, make: (name: string) => Tensor): string {
    let name = stem;
    while (this.#names.has(name)) name += '_';
    this.#names.add(name);
    this.#added.push(make(name));
    return name;
  }

  /** Adds a tensor that takes an original's place and name; a second one of the same original gets a name like it. */
  replacing(original: string, make: (name: string) => Tensor): string {
    if (this.#replacements.has(original)) return this.added(original, make);
    const name = this.freeName();
    this.#replacements.set(original, make(name));
    return name;
  }

  /** The graph with its initializers: originals that are still read, replacements, and what was added and is read. */
  completed(graph: Graph): Graph {
    const read = new Set([...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ name }) => name)]);
    const renamed = new Map<string, string>();
    const kept = [...this.#originals.values()].flatMap((original): Tensor[] => {
      const replacement = this.#replacements.get(original.name);
      const originals = read.has(original.name) ? [original] : [];
      if (replacement === undefined) return originals;
      if (originals.length > 0) return [original, replacement];
      renamed.set(replacement.name, original.name);
      return [{ ...replacement, name: original.name }];
    });
    // Scales of islands that nobody wants codes of: onnxruntime warns of what nothing reads.
    const added = this.#added.filter(({ name }) => read.has(name));
    const outputs = new Set(graph.outputs.map(({ name }) => name));
    const shared = new Map(equalOnes(kept.filter(({ name }) => !outputs.has(name))));
    const nameOf = (name: string) => {
      const original = renamed.get(name) ?? name;
      return shared.get(original) ?? original;
    };
    const nodes = graph.nodes.map((node) =>
      node.inputs.some((name) => nameOf(name) !== name) ? { ...node, inputs: node.inputs.map(nameOf) } : node,
    );
    return { ...graph, nodes, initializers: [...kept.filter(({ name }) => !shared.has(name)), ...added] };
  }

  #sharedConstant(key: string, make: (name: string) => Tensor): string {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const name = this.freeName();
    this.#shared.set(key, name);
    this.#added.push(make(name));
    return name;
  }
}

/** Weights are hardly ever equal. */
const MOST_COMPARED = 4096;

/** From the name of each constant that is the same as one before it, to that one's: of normalizations there are many with ones. */
function equalOnes(constants: readonly Tensor[]): [string, string][] {
  const first = new Map<string, string>();
  return constants.flatMap(({ name, dtype, shape, data }): [string, string][] => {
    if (data.byteLength > MOST_COMPARED) return [];
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
    const key = `${dtype} ${shape} ${bytes}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, name);
    return known === undefined ? [] : [[name, known]];
  });
}
