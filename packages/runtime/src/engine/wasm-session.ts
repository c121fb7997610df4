/** Networks compiled to WebAssembly behind the interface of this package: real numbers in, real numbers out. */
import { elementCount, GraphError, isWasm, readWasmModel, type WasmModel, type WasmTensor } from '@edgebeat/graph';
import { RuntimeError } from '../runtime-error.js';
import { checkInputs } from './check-inputs.js';
import type { InferenceSession, InputTensor, ModelBytes, OutputTensor, TensorInfo } from './inference-engine.js';
import { RunsUnderWay } from './runs-under-way.js';
import { instantiate, type WasmExports } from './wasm-api.js';

/** An input or output, and where it lies in the module's memory for one example. */
interface Place {
  readonly tensor: WasmTensor;
  /** Of one example; the batch, where it has a name, is 1. */
  readonly shape: readonly number[];
  readonly address: number;
}

/**
 * Loads a network into the JavaScript engine's WebAssembly.
 *
 * @throws RuntimeError where it is none that edgebeat exported, or WebAssembly refuses it
 */
export async function loadWasmSession(model: ModelBytes): Promise<InferenceSession> {
  if ('modelJson' in model || !isWasm(model)) {
    throw new RuntimeError(
      'the engine wasm does not take the model: it is no WebAssembly module',
      'Export the float ONNX model that it was made of: edgebeat export MODEL.onnx --to wasm.',
    );
  }
  try {
    const described = readWasmModel(model);
    return new WasmSession(described, await instantiate(new Uint8Array(model)));
  } catch (cause) {
    throw new RuntimeError(
      `the engine wasm does not take the model: ${(cause as Error).message}`,
      cause instanceof GraphError ? cause.hint : 'Check that the file is whole; export it again.',
      { cause },
    );
  }
}

class WasmSession implements InferenceSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #exports: WasmExports;
  readonly #sources: readonly Place[];
  readonly #results: readonly Place[];
  readonly #runs = new RunsUnderWay();

  constructor({ inputs, outputs }: WasmModel, exports: WasmExports) {
    this.inputs = inputs.map(tensorInfo);
    this.outputs = outputs.map(tensorInfo);
    this.#exports = exports;
    this.#sources = inputs.map((tensor, index) => placeOf(tensor, exports.edgebeat_input(index)));
    this.#results = outputs.map((tensor, index) => placeOf(tensor, exports.edgebeat_output(index)));
    // What lies outside of the memory shows itself now.
    for (const place of this.#sources) this.#reals(place);
    for (const place of this.#results) this.#answer(place);
  }

  async run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, OutputTensor>> {
    this.#runs.requireOpen();
    const given = checkInputs(this.inputs, inputs).map(([, input]) => input);
    return this.#runs.finish(this.#execute(given));
  }

  close(): Promise<void> {
    return this.#runs.close(() => {});
  }

  /** Example by example, without a pause: calls that overlap do not meet. */
  async #execute(inputs: readonly InputTensor[]): Promise<Record<string, OutputTensor>> {
    const count = this.#examples(inputs);
    const answers = this.#results.map(({ shape }) => new Float32Array(count * elementCount(shape)));
    for (let example = 0; example < count; example++) {
      for (const [index, place] of this.#sources.entries()) {
        const memory = this.#reals(place);
        const begin = example * memory.length;
        memory.set((inputs[index]!.data as Float32Array).subarray(begin, begin + memory.length));
      }
      this.#exports.edgebeat_run();
      for (const [index, place] of this.#results.entries())
        answers[index]!.set(this.#answer(place), example * elementCount(place.shape));
    }
    return Object.fromEntries(
      this.#results.map(({ tensor, shape }, index) => {
        const isOpen = typeof tensor.shape[0] === 'string';
        const given = { dtype: 'float32' as const, shape: isOpen ? [count, ...shape.slice(1)] : shape };
        return [tensor.name, { ...given, data: answers[index]! }];
      }),
    );
  }

  /** The batch, where it is open, is that of every input. */
  #examples(inputs: readonly InputTensor[]): number {
    const isOpen = typeof this.inputs[0]?.shape[0] === 'string';
    const counts = new Set(isOpen ? inputs.map(({ shape }) => shape[0]!) : [1]);
    const [count] = counts;
    if (counts.size === 1) return count!;
    throw new RuntimeError(
      `the inputs have batches of ${[...counts].join(' and ')}`,
      'Give all the same number of examples.',
    );
  }

  #reals({ shape, address }: Place): Float32Array {
    return new Float32Array(this.#exports.memory.buffer, address, elementCount(shape));
  }

  /** Dequantized as the ONNX graph has it: scale · (code − zero point), rounded to float32 once. */
  #answer(place: Place): Float32Array {
    const { tensor, shape, address } = place;
    if (tensor.type === 'float32') return this.#reals(place);
    const codes = new Int8Array(this.#exports.memory.buffer, address, elementCount(shape));
    return Float32Array.from(codes, (code) => tensor.scale * (code - tensor.zeroPoint));
  }
}

function tensorInfo({ name, shape }: WasmTensor): TensorInfo {
  return { name, dtype: 'float32', shape };
}

function placeOf(tensor: WasmTensor, address: number): Place {
  return { tensor, shape: tensor.shape.map((size) => (typeof size === 'string' ? 1 : size)), address };
}
