/**
 * A float network and its int8 graph in one graph, twice: the int8 graph as it is, and with every layer alone. There each layer
 * gets the float network's values, rounded to their codes, instead of what the layers before it made of them.
 */
import { type Graph, type Model, type Node, tensor } from '@edgebeat/graph';
import type { ActivationPair } from './activation-pairs.js';
import type { ChannelFactors } from './channel-factors.js';

/** Names of the three forms of a value. */
export interface ComparedNames {
  readonly float: string;
  readonly cumulated: string;
  readonly local: string;
}

/** What stands before the names of values of the copies. */
const WHOLE = 'whole:';
const ALONE = 'alone:';
/** And before those of the float network's values, rounded to their codes. */
const ROUNDED = 'rounded:';
/** And before those of the float network's values, their channels scaled as in the int8 graph. */
const SCALED = 'scaled:';

/** A pair, and how the channels of its value were scaled, if they were. */
export interface ComparedPair extends ActivationPair {
  readonly scaled?: ChannelFactors;
  /** Number of dimensions. */
  readonly rank: number;
}

export function namesOf({ value, dequantized, scaled }: ComparedPair): ComparedNames {
  return { float: scaled ? SCALED + value : value, cumulated: WHOLE + dequantized, local: ALONE + dequantized };
}

/** @returns a model that makes the values that `namesOf` names; its outputs are those of the float network. */
export function sideBySide(float: Model, int8: Graph, pairs: readonly ComparedPair[]): Model {
  const inputs = new Set(float.graph.inputs.map(({ name }) => name));
  const forced = new Map(pairs.map(({ dequantized }) => [dequantized, ROUNDED + dequantized]));
  const makers = new Map(int8.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  /** A pair once more, on the value as the float network has it. */
  const roundedFloats = pairs.flatMap((pair): Node[] => {
    const { codes, dequantized } = pair;
    const value = namesOf(pair).float;
    const [quantize, dequantize] = [makers.get(codes)!, makers.get(dequantized)!];
    const own = ([, ...parameters]: readonly string[]) => parameters.map((name) => WHOLE + name);
    return [
      {
        ...quantize,
        name: '',
        inputs: [value, ...own(quantize.inputs)],
        outputs: [ROUNDED + codes],
      },
      {
        ...dequantize,
        name: '',
        inputs: [ROUNDED + codes, ...own(dequantize.inputs)],
        outputs: [ROUNDED + dequantized],
      },
    ];
  });
  const scaled = pairs.flatMap((pair) => (pair.scaled ? [scaling(pair, pair.scaled)] : []));
  const constants = new Set(int8.initializers.map(({ name }) => name));
  const whole = copyOf(int8.nodes, WHOLE, (name) => (inputs.has(name) ? name : WHOLE + name));
  const alone = copyOf(int8.nodes, ALONE, (name) => {
    if (inputs.has(name)) return name;
    return constants.has(name) ? WHOLE + name : (forced.get(name) ?? ALONE + name);
  });
  return {
    ...float,
    graph: {
      ...float.graph,
      nodes: [...float.graph.nodes, ...scaled.map(({ node }) => node), ...whole, ...roundedFloats, ...alone],
      initializers: [
        ...float.graph.initializers,
        ...scaled.map(({ factors }) => factors),
        ...int8.initializers.map((one) => ({ ...one, name: WHOLE + one.name })),
      ],
      valueInfo: [],
    },
  };
}

/** The multiplication that scales the float network's value. */
function scaling(pair: ComparedPair, { axis, factors }: ChannelFactors) {
  const name = `${SCALED}factors:${pair.value}`;
  const shape = Array.from({ length: pair.rank }, (_, dimension) => (dimension === axis ? factors.length : 1));
  const inputs = [pair.value, name];
  const node: Node = { operator: 'Mul', name: '', inputs, outputs: [SCALED + pair.value], attributes: new Map() };
  return { node, factors: tensor(name, 'float32', shape, factors) };
}

/** @param named what a node of the copy reads in place of a value. */
function copyOf(nodes: readonly Node[], prefix: string, named: (value: string) => string): Node[] {
  return nodes.map((node) => ({
    ...node,
    name: node.name && prefix + node.name,
    inputs: node.inputs.map((name) => (name === '' ? '' : named(name))),
    outputs: node.outputs.map((name) => (name === '' ? '' : prefix + name)),
  }));
}
