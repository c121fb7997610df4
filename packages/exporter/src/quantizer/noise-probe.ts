/**
 * How much noise the codes of one activation alone bring to the outputs of the float network. Measured on shipped networks, the noises
 * of all activations add up to within a few percent of what they make together, so that islands can be chosen one by one.
 *
 * A copy of the float network has a pair at every probed activation that each window switches on or off for itself: scale and zero
 * point of the one that is on come in with the window. So one session asks about many activations.
 */
import { type Int8Parameters, inferShapes, type Model, type Node, type Tensor, tensor } from '@edgebeat/graph';
import { ModelRunner, type RunnerOptions, type Window } from '../runner/model-runner.js';

export interface NoiseRequest {
  readonly value: string;
  readonly parameters: Int8Parameters;
}

/** Activations in one copy: with more, each window pays for pairs that are off; with fewer, there are more sessions to open. */
const PROBED_TOGETHER = 16;

const PARAMETERS = 'probe:parameters';
const SWITCHES = 'probe:switches';

export class NoiseProbe {
  readonly #model: Model;
  readonly #windows: readonly Window[];
  readonly #reference: ReadonlyMap<string, readonly Float32Array[]>;
  readonly #options: RunnerOptions;

  private constructor(
    model: Model,
    windows: readonly Window[],
    reference: ReadonlyMap<string, readonly Float32Array[]>,
    options: RunnerOptions,
  ) {
    this.#model = model;
    this.#windows = windows;
    this.#reference = reference;
    this.#options = options;
  }

  static async create(model: Model, windows: readonly Window[], options: RunnerOptions): Promise<NoiseProbe> {
    const runner = await ModelRunner.open(model, options);
    try {
      return new NoiseProbe(model, windows, await runner.run(windows), options);
    } finally {
      await runner.release();
    }
  }

  /** @returns for each request the power of the noise by that of the signal, the mean over the outputs. */
  async noises(requests: readonly NoiseRequest[]): Promise<number[]> {
    const values = [...new Set(requests.map(({ value }) => value))];
    const results = new Map<NoiseRequest, number>();
    for (let first = 0; first < values.length; first += PROBED_TOGETHER) {
      const together = values.slice(first, first + PROBED_TOGETHER);
      const asked = requests.filter(({ value }) => together.includes(value));
      const noises = await this.#measure(together, asked);
      for (const [index, request] of asked.entries()) results.set(request, noises[index]!);
    }
    return requests.map((request) => results.get(request)!);
  }

  async #measure(values: readonly string[], requests: readonly NoiseRequest[]): Promise<number[]> {
    const outputs = [...this.#reference.keys()];
    const probed = withSwitchedPairs(this.#model, values);
    const runner = await ModelRunner.open(probed, { ...this.#options, values: outputs, asWritten: true });
    const [input] = this.#model.graph.inputs.map(({ name }) => name);
    const rows = requests.flatMap(({ value, parameters: { scale, zeroPoint } }) => {
      const switches = Float32Array.from(values, (one) => Number(one === value));
      const parameters = Float32Array.of(1 / scale, zeroPoint, scale);
      return this.#windows.map((window) => ({
        ...(window instanceof Float32Array ? { [input!]: window } : window),
        [PARAMETERS]: parameters,
        [SWITCHES]: switches,
      }));
    });
    try {
      const answers = await runner.run(rows);
      return requests.map((_, index) => {
        const ratios = outputs.map((output) => this.#ratio(output, answers.get(output)!, index * this.#windows.length));
        return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      });
    } finally {
      await runner.release();
    }
  }

  #ratio(output: string, answers: readonly Float32Array[], first: number): number {
    let [signal, noise] = [0, 0];
    for (const [index, wanted] of this.#reference.get(output)!.entries()) {
      const given = answers[first + index]!;
      for (let i = 0; i < wanted.length; i++) {
        signal += wanted[i]! ** 2;
        noise += (wanted[i]! - given[i]!) ** 2;
      }
    }
    return signal > 0 ? noise / signal : 0;
  }
}

/** The float network with a pair at each of the values, added to it as far as its switch says. */
function withSwitchedPairs(model: Model, values: readonly string[]): Model {
  const { graph } = model;
  const types = inferShapes(graph);
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const batch = graph.inputs[0]!.shape![0]!;
  const pairs = new SwitchedPairs();
  const probed = new Map(
    values.map((value, index) => [value, { index, raw: inputs.has(value) ? value : `raw:${value}` }]),
  );
  const pairOf = (value: string) => {
    const { index, raw } = probed.get(value)!;
    const result = inputs.has(value) ? `probed:${value}` : value;
    return pairs.nodes(index, types.get(value)!.shape, raw, result);
  };
  const named = (name: string) => (probed.has(name) && inputs.has(name) ? `probed:${name}` : name);
  const nodes = [
    ...values.filter((value) => inputs.has(value)).flatMap(pairOf),
    ...graph.nodes.flatMap((node) => [
      { ...node, inputs: node.inputs.map(named), outputs: node.outputs.map((name) => probed.get(name)?.raw ?? name) },
      ...node.outputs.filter((output) => probed.has(output)).flatMap(pairOf),
    ]),
  ];
  const added = [
    { name: PARAMETERS, dtype: 'float32', shape: [batch, 3] } as const,
    { name: SWITCHES, dtype: 'float32', shape: [batch, values.length] } as const,
  ];
  const initializers = [...graph.initializers, ...pairs.constants];
  return {
    ...model,
    graph: { ...graph, inputs: [...graph.inputs, ...added], initializers, nodes: [...nodes], valueInfo: [] },
  };
}

class SwitchedPairs {
  readonly #constants = new Map<string, Tensor>([
    ['probe:one', tensor('probe:one', 'float32', [], [1])],
    ['probe:zero', tensor('probe:zero', 'int8', [], [0])],
  ]);
  /** Parameters that were brought to a number of dimensions, by that. */
  readonly #spread = new Map<string, readonly string[]>();

  get constants(): readonly Tensor[] {
    return [...this.#constants.values()];
  }

  /** raw + switch · (scale · (clamped(round(raw / scale + zero point)) − zero point) − raw) */
  nodes(index: number, shape: readonly (number | string)[], raw: string, result: string): Node[] {
    const nodes: Node[] = [];
    const add = (operator: string, inputs: readonly string[], output: string) => {
      nodes.push({ name: '', operator, inputs, outputs: [output], attributes: new Map() });
      return output;
    };
    const at = Math.max(
      0,
      shape.findIndex((size) => typeof size === 'string'),
    );
    const target = this.#int64s(shape.map((_, axis) => (axis === at ? -1 : 1)));
    const spread = (source: string, column: number, name: string) => {
      const [from, to, axis] = [[column], [column + 1], [1]].map((one) => this.#int64s(one)) as [
        string,
        string,
        string,
      ];
      return add('Reshape', [add('Slice', [source, from, to, axis], `${name}:column`), target], name);
    };
    const key = `${at} of ${shape.length}`;
    const known =
      this.#spread.get(key) ?? [0, 1, 2].map((column) => spread(PARAMETERS, column, `probe:${key}:${column}`));
    this.#spread.set(key, known);
    const [inverse, zeroPoint, scale] = known as [string, string, string];
    const name = (part: string) => `probe:${index}:${part}`;
    const on = spread(SWITCHES, index, name('switch'));
    const shifted = add('Add', [add('Mul', [raw, inverse], name('scaled')), zeroPoint], name('shifted'));
    const codes = add('QuantizeLinear', [shifted, 'probe:one', 'probe:zero'], name('codes'));
    const back = add('DequantizeLinear', [codes, 'probe:one', 'probe:zero'], name('back'));
    const real = add('Mul', [add('Sub', [back, zeroPoint], name('centred')), scale], name('real'));
    const noise = add('Mul', [add('Sub', [real, raw], name('noise')), on], name('heard'));
    add('Add', [raw, noise], result);
    return nodes;
  }

  #int64s(values: readonly number[]): string {
    const name = `probe:${values.join()}`;
    this.#constants.set(name, tensor(name, 'int64', [values.length], values));
    return name;
  }
}
