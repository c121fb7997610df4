/** Runs an identity model, an ONNX file, on identity windows, as its `edgebeat.*` metadata asks. */
import { InferenceError } from './inference-error.js';
import { type ModelFile, readModelFile, type WindowedModelMetadata } from './model-file.js';
import { type InferenceOptions, WindowSession } from './window-session.js';

export type IdentityModelMetadata = WindowedModelMetadata<'identity'>;

const EMBEDDING = 'embedding';

/** A loaded model that turns identity windows into embeddings. Release it when done. */
export class EmbeddingModel {
  /** `edgebeat.name` of its metadata, otherwise the file's name. */
  readonly name: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly metadata: IdentityModelMetadata;
  /** Samples of one window: beats × samples of a beat. */
  readonly windowSize: number;
  private readonly session: WindowSession;
  private readonly output: string;

  private constructor(file: ModelFile<'identity'>, session: WindowSession, output: string) {
    const { beats, before, after } = file.metadata.window;
    this.name = file.name;
    this.sha256 = file.sha256;
    this.metadata = file.metadata;
    this.windowSize = beats * (before + after);
    this.session = session;
    this.output = output;
  }

  /**
   * Loads a model from a file, or from the bytes of one. Its one input is `[N, beats, samples of a beat]`; the embedding is its
   * only output, or the one named `embedding`.
   *
   * @throws GraphError for a file that is no ONNX model; InferenceError for one that is no identity model.
   */
  static async load(source: string | Uint8Array, options: InferenceOptions = {}): Promise<EmbeddingModel> {
    const file = await readModelFile(source, 'identity');
    const { beats, before, after } = file.metadata.window;
    const output = outputOf(file);
    return new EmbeddingModel(file, await WindowSession.create(file, [beats, before + after], options), output);
  }

  /**
   * Embeddings of windows, one after the other.
   *
   * @param windows each `[beats, samples]`, row by row, cut and normalised as the metadata says.
   * @returns one `[D]` per window, as the model gives it (not brought to unit length).
   */
  async embed(windows: readonly Float32Array[]): Promise<Float32Array[]> {
    return (await this.session.run(windows, [this.output]))[this.output]!;
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

function outputOf({ name, outputs }: ModelFile<'identity'>): string {
  const names = outputs.map((output) => output.name);
  if (names.length === 1) return names[0]!;
  if (names.includes(EMBEDDING)) return EMBEDDING;
  throw new InferenceError(
    `${name} has no output "${EMBEDDING}" among ${names.join(', ')}`,
    `Name the output that holds the embedding "${EMBEDDING}".`,
  );
}
