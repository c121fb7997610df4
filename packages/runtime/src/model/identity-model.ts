/** A network that gives an embedding for three beats, loaded into an engine and described by its own metadata. */
import { beatLead, beatLength, beatsPerWindow, type Normalization, sampleRate } from '@edgebeat/ecg';
import type { ModelMetadata, VerificationThreshold } from '@edgebeat/graph';
import type { ModelReference } from '@edgebeat/identity';
import type { InferenceEngine, InferenceSession, ModelBytes } from '../engine/index.js';
import { RuntimeError } from '../runtime-error.js';
import { describeModel, requireWindowInput, trialWindow } from './model-file.js';

const outputName = 'embedding';

/** Obeys the file: rate, window and normalisation are what its metadata says. */
export class IdentityModel {
  readonly reference: ModelReference;
  readonly normalize: Normalization;
  /** Thresholds that came with the model, in its order of preference. */
  readonly thresholds: readonly VerificationThreshold[];
  private readonly session: InferenceSession;
  private readonly inputName: string;
  private embeddingRank = 0;

  private constructor(session: InferenceSession, metadata: ModelMetadata, reference: ModelReference) {
    this.session = session;
    this.inputName = requireWindowInput(session, [beatsPerWindow, beatLength], 'identity');
    this.normalize = metadata.normalize ?? 'none';
    this.thresholds = metadata.thresholds ?? [];
    this.reference = reference;
  }

  /**
   * @param bytes the `.onnx` or `.wasm` file, or the files of a TensorFlow.js model. Its input, whatever its name, is `[N, 3, 300]`, its output `embedding` `[N, D]`; it is
   * tried with one window.
   * @throws GraphError for bytes that are no such file or metadata that are malformed, RuntimeError for a model of another kind.
   */
  static async load(bytes: ModelBytes, engine: InferenceEngine): Promise<IdentityModel> {
    const { metadata, outputs, reference } = await describeModel(bytes);
    requireIdentityWindow(metadata);
    if (!outputs.includes(outputName))
      throw new RuntimeError(
        `the model has no output named '${outputName}'`,
        `Export it with its embedding as the output '${outputName}'.`,
      );
    const session = await engine.load(bytes);
    try {
      const model = new IdentityModel(session, metadata, reference);
      await model.tryOut();
      return model;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * @param samples `[3, 300]`, normalised as `normalize` says.
   * @returns the embedding `[D]`.
   */
  async embed(samples: Float32Array): Promise<Float32Array> {
    const outputs = await this.session.run({
      [this.inputName]: { data: samples, shape: [1, beatsPerWindow, beatLength] },
    });
    const { data, shape } = outputs[outputName]!;
    this.embeddingRank = shape.length;
    return data as Float32Array;
  }

  /** One made-up window must give an embedding of finite numbers. */
  private async tryOut(): Promise<void> {
    const embedding = await this.embed(trialWindow(beatsPerWindow * beatLength));
    const isUsable = embedding.length > 1 && embedding.every(Number.isFinite);
    if (isUsable && this.embeddingRank === 2) return;
    throw new RuntimeError(
      `the model's output '${outputName}' is no embedding [N, D] of finite numbers`,
      'Check its weights, and export it with one vector per window.',
    );
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

function requireIdentityWindow({ rate, window }: ModelMetadata): void {
  const fits =
    (rate ?? sampleRate) === sampleRate &&
    window?.kind === 'identity' &&
    window.beats === beatsPerWindow &&
    window.before === beatLead &&
    window.after === beatLength - beatLead;
  if (fits) return;
  throw new RuntimeError(
    `the model wants ${window ? JSON.stringify(window) : 'an unnamed window'} at ${rate ?? 'an unnamed rate'} Hz`,
    `The gateway serves identity windows of ${beatsPerWindow} beats, ${beatLead} samples before and ${beatLength - beatLead} from the R peak on, at ${sampleRate} Hz (metadata edgebeat.window and edgebeat.rate).`,
  );
}
