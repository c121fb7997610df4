/** One model, one protocol, one report. */
import { EmbeddingModel, type InferenceOptions } from './inference.js';
import { protocolOf } from './protocols/index.js';
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
 * @param model path of an `.onnx` file, or its bytes.
 * @throws ProtocolError, DataSetError, InferenceError, GraphError, RecordError: each names what is at fault and has a hint.
 */
export async function evaluate(model: string | Uint8Array, options: EvaluateOptions): Promise<EvaluationReport> {
  const protocol = protocolOf(options.protocol);
  const loaded = await EmbeddingModel.load(model, options);
  try {
    return await protocol.run(loaded, options.dataDir, options);
  } finally {
    await loaded.release();
  }
}
