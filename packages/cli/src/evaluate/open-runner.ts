/** What runs a model that is evaluated: onnxruntime, or for WebAssembly files the engine `wasm`. */
import { isWasm } from '@edgebeat/graph';
import { createWasm, type InferenceSession } from '@edgebeat/runtime';
import { InferenceError, type OpenRunner, type WindowRunner, WindowSession } from '@edgebeat/trainer';

/** @throws InferenceError for a model whose input has another shape; RuntimeError for a file that is not whole. */
export const openRunner: OpenRunner = async (file, shape, options) => {
  if (!isWasm(file.bytes)) return WindowSession.create(file, shape, options);
  const session = await (await createWasm()).load(file.bytes);
  const [input, ...others] = session.inputs;
  if (others.length > 0 || input?.shape.slice(1).join() !== shape.join()) {
    throw new InferenceError(
      `${file.name} takes ${session.inputs.map((one) => `${one.name}[${one.shape.join(', ')}]`).join(' and ')}, its metadata promises [N, ${shape.join(', ')}]`,
      'Make edgebeat.window and the input agree, and export it again.',
    );
  }
  return new WasmRunner(session, input.name, shape);
};

/** Windows one by one. */
class WasmRunner implements WindowRunner {
  readonly #session: InferenceSession;
  readonly #input: string;
  readonly #shape: readonly number[];

  constructor(session: InferenceSession, input: string, shape: readonly number[]) {
    this.#session = session;
    this.#input = input;
    this.#shape = [1, ...shape];
  }

  async run<O extends string>(
    windows: readonly Float32Array[],
    outputs: readonly O[],
  ): Promise<Record<O, Float32Array[]>> {
    const rows = Object.fromEntries(outputs.map((output) => [output, [] as Float32Array[]]));
    for (const data of windows) {
      const answers = await this.#session.run({ [this.#input]: { data, shape: this.#shape } });
      for (const output of outputs) rows[output]!.push(answers[output]!.data as Float32Array);
    }
    return rows as Record<O, Float32Array[]>;
  }

  release(): Promise<void> {
    return this.#session.close();
  }
}
