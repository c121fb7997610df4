/** onnxruntime's sessions, native and WebAssembly, behind the interface of this package. */
import { type DataType, dataTypes, isWasm } from '@edgebeat/graph';
import { RuntimeError } from '../runtime-error.js';
import { checkInputs } from './check-inputs.js';
import type { InferenceSession, InputTensor, ModelBytes, OutputTensor, TensorInfo } from './inference-engine.js';
import type { OrtModule, OrtSession, OrtSessionOptions, OrtTensor, OrtValueInfo } from './ort-api.js';
import { RunsUnderWay } from './runs-under-way.js';

/**
 * Loads a model into onnxruntime.
 *
 * @throws RuntimeError where it is no ONNX model, onnxruntime refuses it, or it has values that are no tensors
 */
export async function loadOrtSession(
  ort: OrtModule,
  model: ModelBytes,
  options: OrtSessionOptions,
): Promise<InferenceSession> {
  if ('modelJson' in model) {
    throw new RuntimeError(
      'onnxruntime does not take the model: it is one of TensorFlow.js',
      'Give the .onnx file that it was exported from, or the engine tfjs.',
    );
  }
  if (isWasm(model)) {
    throw new RuntimeError(
      'onnxruntime does not take the model: it is WebAssembly',
      'Give the .onnx file that it was exported from, or the engine wasm.',
    );
  }
  let session: OrtSession;
  try {
    session = await ort.InferenceSession.create(model, options);
  } catch (cause) {
    throw new RuntimeError(
      `onnxruntime does not take the model: ${(cause as Error).message}`,
      'Check that the file is a whole ONNX model; fetch or export it again.',
      { cause },
    );
  }
  try {
    return new OrtInferenceSession(ort, session);
  } catch (error) {
    await session.release();
    throw error;
  }
}

class OrtInferenceSession implements InferenceSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #ort: OrtModule;
  readonly #session: OrtSession;
  readonly #runs = new RunsUnderWay();

  constructor(ort: OrtModule, session: OrtSession) {
    this.#ort = ort;
    this.#session = session;
    this.inputs = session.inputMetadata.map(tensorInfo);
    this.outputs = session.outputMetadata.map(tensorInfo);
  }

  async run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, OutputTensor>> {
    this.#runs.requireOpen();
    const results = await this.#runs.finish(this.#session.run(this.#feeds(inputs)));
    return Object.fromEntries(
      Object.entries(results).map(([name, { type, dims, data }]) => [
        name,
        { dtype: type as DataType, shape: dims, data },
      ]),
    );
  }

  close(): Promise<void> {
    return this.#runs.close(() => this.#session.release());
  }

  #feeds(inputs: Readonly<Record<string, InputTensor>>): Record<string, OrtTensor> {
    return Object.fromEntries(
      checkInputs(this.inputs, inputs).map(([{ name, dtype }, { data, shape }]) => [
        name,
        new this.#ort.Tensor(dtype, data, shape),
      ]),
    );
  }
}

function tensorInfo({ name, isTensor, type, shape }: OrtValueInfo): TensorInfo {
  if (!isTensor || !dataTypes.includes(type as DataType)) {
    throw new RuntimeError(
      `${name} is ${isTensor ? `of element type ${type}` : 'no tensor'}`,
      'Export a model whose inputs and outputs are tensors of numbers.',
    );
  }
  return { name, dtype: type as DataType, shape: shape ?? [] };
}
