/** TensorFlow.js's graph models behind the interface of this package. */

import type { DataType } from '@edgebeat/graph';
import { RuntimeError } from '../runtime-error.js';
import { checkInputs } from './check-inputs.js';
import type { InferenceSession, InputTensor, ModelBytes, OutputTensor, TensorInfo } from './inference-engine.js';
import { RunsUnderWay } from './runs-under-way.js';
import type { TfConverter, TfCore, TfGraphModel, TfTensor } from './tfjs-api.js';
import { joinBytes, parseTfjsModel, type TfjsJson } from './tfjs-model.js';

/**
 * Loads a model into TensorFlow.js.
 *
 * @param backend the one of its back ends that runs it
 * @throws RuntimeError where it is no TensorFlow.js model, or TensorFlow.js refuses it
 */
export function loadTfjsSession(
  tf: TfCore,
  converter: TfConverter,
  backend: string,
  model: ModelBytes,
): InferenceSession {
  if (!('modelJson' in model)) {
    throw new RuntimeError(
      'TensorFlow.js does not take the model: its bytes are those of a single file',
      'Export the ONNX model: edgebeat export MODEL.onnx --to tfjs; a .wasm file wants the engine wasm.',
    );
  }
  const json = parseTfjsModel(model);
  const inputs = Object.entries(json.signature.inputs).map(tensorInfo);
  const outputs = Object.entries(json.signature.outputs).map(tensorInfo);
  useBackend(tf, backend);
  try {
    const graph = converter.loadGraphModelSync(tf.io.fromMemorySync(artifactsOf(json, model.shards)));
    return new TfjsSession(tf, backend, graph, inputs, outputs);
  } catch (cause) {
    throw new RuntimeError(
      `TensorFlow.js does not take the model: ${(cause as Error).message}`,
      'Check that all its files are whole; fetch or export them again.',
      { cause },
    );
  }
}

/**
 * Whoever else uses TensorFlow.js may have chosen another back end since this one was started. Choosing one that is started is done
 * when the call returns, before its promise is settled; what follows without a pause runs on it.
 */
function useBackend(tf: TfCore, backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

function artifactsOf(json: TfjsJson, shards: ReadonlyMap<string, Uint8Array>): object {
  const files = json.weightsManifest.flatMap(({ paths }) => paths.map((path) => shards.get(path)!));
  return {
    format: json.format,
    modelTopology: json.modelTopology,
    signature: json.signature,
    weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
    weightData: joinBytes(files).buffer,
  };
}

const dataTypes: Readonly<Record<string, DataType>> = { DT_FLOAT: 'float32', DT_INT32: 'int32', DT_BOOL: 'bool' };

function tensorInfo([name, { dtype, tensorShape }]: [string, TfjsJson['signature']['inputs'][string]]): TensorInfo {
  const known = dataTypes[dtype];
  if (!known) {
    throw new RuntimeError(
      `${name} is of element type ${dtype}`,
      `Export a model whose inputs and outputs are ${Object.values(dataTypes).join(', ')}.`,
    );
  }
  const shape = (tensorShape.dim ?? []).map(({ size }) => (size < 0 ? 'N' : size));
  return { name, dtype: known, shape };
}

class TfjsSession implements InferenceSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #tf: TfCore;
  readonly #backend: string;
  readonly #graph: TfGraphModel;
  readonly #runs = new RunsUnderWay();

  constructor(
    tf: TfCore,
    backend: string,
    graph: TfGraphModel,
    inputs: readonly TensorInfo[],
    outputs: readonly TensorInfo[],
  ) {
    this.#tf = tf;
    this.#backend = backend;
    this.#graph = graph;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  async run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, OutputTensor>> {
    this.#runs.requireOpen();
    return this.#runs.finish(this.#execute(checkInputs(this.inputs, inputs)));
  }

  close(): Promise<void> {
    return this.#runs.close(() => this.#graph.dispose());
  }

  async #execute(inputs: readonly (readonly [TensorInfo, InputTensor])[]): Promise<Record<string, OutputTensor>> {
    useBackend(this.#tf, this.#backend);
    const feeds: Record<string, TfTensor> = {};
    let results: TfTensor[] = [];
    try {
      for (const [{ name, dtype }, { data, shape }] of inputs) feeds[name] = this.#tf.tensor(data, shape, dtype);
      const made = this.#graph.execute(
        feeds,
        this.outputs.map(({ name }) => name),
      );
      results = Array.isArray(made) ? made : [made];
      const outputs = await Promise.all(
        results.map(async (tensor, index) => {
          const { name, dtype } = this.outputs[index]!;
          // A copy: the data may be the caller's own, passed through.
          const data = (await tensor.data()).slice();
          return [name, { dtype, shape: [...tensor.shape], data }] as const;
        }),
      );
      return Object.fromEntries(outputs);
    } finally {
      for (const tensor of [...Object.values(feeds), ...results]) tensor.dispose();
    }
  }
}
