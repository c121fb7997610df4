/** One model, one protocol, one report. */
import { ActivityModel } from './inference/activity-model.js';
import { EmbeddingModel } from './inference/embedding-model.js';
import type { InferenceOptions } from './inference/window-session.js';
import { protocolOf, requireNoiseTaken } from './protocols/index.js';
import type { ProtocolOptions } from './protocols/protocol.js';
import type { EvaluationReport } from './report/evaluation-report.js';

export interface EvaluateOptions extends ProtocolOptions, InferenceOptions {
  /** Name of the protocol: `ecg-id/other-record`. */
  readonly protocol: string;
  /** Folder that holds the protocol's data set. */
  readonly dataDir: string;
}

/**
 * Loads a model, runs a protocol on it, and frees it again.
 *
 * @param model path of an `.onnx` file, or its bytes; of a `.wasm` file where `options.open` runs such.
 * @throws ProtocolError, DataSetError, InferenceError, GraphError, RecordError: each names what is at fault and has a hint.
 */
export async function evaluate(model: string | Uint8Array, options: EvaluateOptions): Promise<EvaluationReport> {
  const protocol = protocolOf(options.protocol);
  if (options.noise !== undefined) requireNoiseTaken(protocol);
  if (protocol.windows === 'identity') {
    const run = (loaded: EmbeddingModel): Promise<EvaluationReport> => protocol.run(loaded, options.dataDir, options);
    return thenRelease(await EmbeddingModel.load(model, options), run);
  }
  const run = (loaded: ActivityModel) => protocol.run(loaded, options.dataDir, options);
  return thenRelease(await ActivityModel.load(model, options), run);
}

async function thenRelease<M extends { release(): Promise<void> }, T>(model: M, use: (model: M) => Promise<T>) {
  try {
    return await use(model);
  } finally {
    await model.release();
  }
}
