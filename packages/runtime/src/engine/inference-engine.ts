/** What the runtime asks of whatever runs a network. */
import type { DataType, Shape, TensorData } from '@edgebeat/graph';
import type { TfjsModel } from './tfjs-model.js';

/** Name, element type and declared shape of an input or output; a name in the shape stands for any size. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: Shape;
}

/** An input: elements in row-major order, in the typed array of the input's element type. */
export interface InputTensor {
  readonly data: TensorData;
  readonly shape: readonly number[];
}

/** An output; `data` belongs to the caller. */
export interface OutputTensor extends InputTensor {
  readonly dtype: DataType;
}

/** A loaded model. */
export interface InferenceSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];

  /**
   * Runs the model once. Input arrays may be used again as soon as the promise is settled. Calls may overlap.
   *
   * @throws RuntimeError for an input that is missing, unknown, or of another type or shape than the model has it, and
   * where the session is closed
   */
  run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, OutputTensor>>;

  /** Waits for runs under way and frees the model; closing twice does nothing. */
  close(): Promise<void>;
}

export interface LoadOptions {
  /** Threads for one run. 1 unless given: in a gateway the streams need the others. */
  readonly threads?: number;
}

/** A model as engines take it: the bytes of an `.onnx` or `.wasm` file, or the files of a TensorFlow.js model. */
export type ModelBytes = Uint8Array | TfjsModel;

/** Something that runs models. */
export interface InferenceEngine {
  /** `ort-node`, `ort-web`, `tfjs` or `wasm`. */
  readonly name: string;

  /**
   * Loads a model.
   *
   * @param model the bytes of an `.onnx` file; for the engine `tfjs`, the files of a TensorFlow.js model; for `wasm`, the bytes of a
   * `.wasm` file
   * @throws RuntimeError where the engine does not take it
   */
  load(model: ModelBytes, options?: LoadOptions): Promise<InferenceSession>;
}
