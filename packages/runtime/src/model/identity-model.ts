/** A network that gives an embedding for three beats, loaded into an engine and described by its own metadata. */
import { beatLead, beatLength, beatsPerWindow, type Normalization, sampleRate } from '@edgebeat/ecg';
import { decodeModel, type ModelMetadata, readMetadata, type VerificationThreshold } from '@edgebeat/graph';
import type { ModelReference } from '@edgebeat/identity';
import type { InferenceEngine, InferenceSession } from '../engine/index.js';
import { RuntimeError } from '../runtime-error.js';

const outputName = 'embedding';

/** Obeys the file: rate, window and normalisation are what its metadata says. */
export class IdentityModel {
  readonly reference: ModelReference;
  readonly normalize: Normalization;
  /** Thresholds that came with the model, in its order of preference. */
  readonly thresholds: readonly VerificationThreshold[];
  private readonly session: InferenceSession;
  private readonly inputName: string;

  private constructor(session: InferenceSession, inputName: string, metadata: ModelMetadata, sha256: string) {
    this.session = session;
    this.inputName = inputName;
    this.normalize = metadata.normalize ?? 'none';
    this.thresholds = metadata.thresholds ?? [];
    this.reference = { name: metadata.name ?? 'unnamed', sha256 };
  }

  /**
   * @param bytes the `.onnx` file.
   * @throws GraphError for bytes that are no such file, RuntimeError for a model of another kind.
   */
  static async load(bytes: Uint8Array, engine: InferenceEngine): Promise<IdentityModel> {
    const model = decodeModel(bytes);
    const metadata = readMetadata(model.metadata);
    requireIdentityWindow(metadata);
    if (!model.graph.outputs.some((output) => output.name === outputName))
      throw new RuntimeError(
        `the model has no output named '${outputName}'`,
        `Export it with its embedding as the output '${outputName}'.`,
      );
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const session = await engine.load(bytes);
    return new IdentityModel(session, session.inputs[0]!.name, metadata, sha256);
  }

  /**
   * @param samples `[3, 300]`, normalised as `normalize` says.
   * @returns the embedding `[D]`.
   */
  async embed(samples: Float32Array): Promise<Float32Array> {
    const outputs = await this.session.run({
      [this.inputName]: { data: samples, shape: [1, beatsPerWindow, beatLength] },
    });
    return outputs[outputName]!.data as Float32Array;
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
