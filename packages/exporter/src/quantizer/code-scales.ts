/** Which scale and zero point the codes of any value have: its own, or those of the value which it rearranges or rescales. */
import type { Graph, Int8Parameters, Node, Tensor } from '@edgebeat/graph';
import { ExportError } from '../export-error.js';

/** Looks parameters up, from those of the activations that are held. */
export class CodeScales {
  readonly #parameters: ReadonlyMap<string, Int8Parameters>;
  readonly #makers: ReadonlyMap<string, Node>;
  readonly #constants: ReadonlyMap<string, Tensor>;

  constructor(graph: Graph, parameters: ReadonlyMap<string, Int8Parameters>) {
    this.#parameters = parameters;
    this.#makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
    this.#constants = new Map(graph.initializers.map((constant) => [constant.name, constant]));
  }

  /** @throws ExportError for a value without codes. */
  of(value: string): Int8Parameters {
    const held = this.#parameters.get(value);
    if (held !== undefined) return held;
    const maker = this.#makers.get(value);
    if (maker === undefined)
      throw new ExportError(`value "${value}": has no int8 codes`, 'A matrix operator wants an activation.');
    const [a, b] = maker.inputs as [string, string];
    switch (maker.operator) {
      case 'Mul':
        return this.#constants.has(b) ? this.#rescaled(a, this.#numberOf(b)) : this.#rescaled(b, this.#numberOf(a));
      case 'Div':
        return this.#rescaled(a, 1 / this.#numberOf(b));
      default:
        return this.of(a);
    }
  }

  #rescaled(value: string, factor: number): Int8Parameters {
    const { scale, zeroPoint } = this.of(value);
    return { scale: Math.fround(scale * factor), zeroPoint };
  }

  #numberOf(constant: string): number {
    return this.#constants.get(constant)!.data[0] as number;
  }
}
