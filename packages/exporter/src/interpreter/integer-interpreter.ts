/** Runs an integer graph: the norm for what every back end computes, to the bit. */
import { ExportError } from '../export-error.js';
import type { AnyOperation, IntegerGraph, IntegerTensor } from '../integer/integer-graph.js';
import type { OperationName } from '../integer/operations.js';
import { elementCount } from './indices.js';
import { type Kernel, Operands, type Prepare } from './operands.js';
import { OPERATIONS } from './operations/index.js';

type TensorData = Int8Array | Int32Array | Float32Array;
type ActivationData = Int8Array | Float32Array;

/** Called for each tensor that an operation has made, in their order, with a copy of its data. */
export type Observer = (tensor: IntegerTensor, data: ActivationData) => void;

interface Step {
  readonly run: Kernel;
  readonly outputs: readonly IntegerTensor[];
}

export class IntegerInterpreter {
  readonly #graph: IntegerGraph;
  /** Tensors keep their memory from run to run. */
  readonly #memory: ReadonlyMap<string, TensorData>;
  readonly #steps: readonly Step[];

  /** @throws ExportError that names the node, where the graph contradicts itself or sums may leave int32. */
  constructor(graph: IntegerGraph) {
    this.#graph = graph;
    this.#memory = new Map([...graph.tensors].map(([name, tensor]) => [name, allocate(tensor)]));
    for (const name of [...graph.inputs, ...graph.outputs.map(({ tensor }) => tensor)]) this.#tensor(name);
    this.#steps = graph.operations.map((operation) => ({
      run: prepare(operation, graph, this.#memory),
      outputs: operation.outputs.map((name) => this.#tensor(name)),
    }));
  }

  /**
   * @param inputs codes of each input of the graph, as many as its shape says
   * @returns by the names of the model's outputs
   * @throws ExportError for inputs that are missing, too many, of another type or length
   */
  run(inputs: Readonly<Record<string, Int8Array>>, observe?: Observer): Record<string, ActivationData> {
    this.#take(inputs);
    for (const { run, outputs } of this.#steps) {
      run();
      if (observe === undefined) continue;
      for (const tensor of outputs) observe(tensor, this.#copy(tensor.name));
    }
    return Object.fromEntries(this.#graph.outputs.map(({ name, tensor }) => [name, this.#copy(tensor)]));
  }

  #take(inputs: Readonly<Record<string, Int8Array>>): void {
    const hint = `the inputs are ${this.#graph.inputs.join(', ')}`;
    for (const name of Object.keys(inputs)) {
      if (!this.#graph.inputs.includes(name)) {
        throw new ExportError(`model "${this.#graph.name}" has no input "${name}"`, hint);
      }
    }
    for (const name of this.#graph.inputs) {
      const codes = inputs[name];
      const memory = this.#memory.get(name)!;
      if (codes === undefined) throw new ExportError(`input "${name}" is missing`, hint);
      if (!(codes instanceof Int8Array)) {
        throw new ExportError(`input "${name}" is no Int8Array`, 'quantize() makes codes of real numbers');
      }
      if (codes.length !== memory.length) {
        throw new ExportError(
          `input "${name}" has ${codes.length} elements instead of ${memory.length}`,
          `its shape is [${this.#tensor(name).shape}]`,
        );
      }
      memory.set(codes);
    }
  }

  #tensor(name: string): IntegerTensor {
    const tensor = this.#graph.tensors.get(name);
    if (tensor === undefined) {
      throw new ExportError(`model "${this.#graph.name}" has no tensor "${name}"`, 'quantize the model again');
    }
    return tensor;
  }

  #copy(name: string): ActivationData {
    const data = this.#memory.get(name)!;
    return data instanceof Float32Array ? data.slice() : Int8Array.from(data);
  }
}

function allocate(tensor: IntegerTensor): TensorData {
  const count = elementCount(tensor.shape);
  if (tensor.data === undefined) return tensor.dtype === 'int8' ? new Int8Array(count) : new Float32Array(count);
  if (tensor.data.length === count) return tensor.data;
  throw new ExportError(
    `tensor "${tensor.name}" has ${tensor.data.length} elements, its shape [${tensor.shape}] says ${count}`,
    'quantize the model again',
  );
}

function prepare(operation: AnyOperation, graph: IntegerGraph, memory: ReadonlyMap<string, TensorData>): Kernel {
  // The table's entry for an operator takes operations of that operator; the compiler does not follow that through a union.
  const prepareOperation = OPERATIONS[operation.operator] as Prepare<OperationName> | undefined;
  const operands = new Operands<OperationName>(operation, graph, memory);
  return prepareOperation?.(operands) ?? operands.refuse('is unknown to the integer interpreter');
}
