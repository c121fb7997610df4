/** Runs an identity model, an ONNX file, on identity windows, as its `edgebeat.*` metadata asks. */
import { InferenceError } from './inference-error.js';
import { type ModelFile, readModelFile, type WindowedModelMetadata } from './model-file.js';
import { softmax } from './softmax.js';
import { type InferenceOptions, openRunner, type WindowRunner } from './window-session.js';

export type IdentityModelMetadata = WindowedModelMetadata<'identity'>;

const EMBEDDING = 'embedding';
const LOGITS = 'logits';

/** A loaded model that turns identity windows into embeddings, and may know persons by name. Release it when done. */
export class EmbeddingModel {
  /** `edgebeat.name` of its metadata, otherwise the file's name. */
  readonly name: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly metadata: IdentityModelMetadata;
  /** Samples of one window: beats × samples of a beat. */
  readonly windowSize: number;
  /**
   * Persons that `classify` tells apart, in the order of the output `logits`: `identity` in `edgebeat.classes`, or `logits`.
   * Undefined where the model has no such output or does not name them.
   */
  readonly persons: readonly string[] | undefined;
  private readonly session: WindowRunner;
  private readonly output: string;

  private constructor(file: ModelFile<'identity'>, session: WindowRunner, output: string) {
    const { beats, before, after } = file.metadata.window;
    this.name = file.name;
    this.sha256 = file.sha256;
    this.metadata = file.metadata;
    this.windowSize = beats * (before + after);
    this.persons = personsOf(file);
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
    return new EmbeddingModel(file, await openRunner(file, [beats, before + after], options), output);
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

  /**
   * Who of `persons` windows show, one after the other.
   *
   * @param windows as for `embed`.
   * @returns for each window the probabilities of the persons.
   * @throws InferenceError for a model without named persons, or when it gives other numbers than a finite one for each.
   */
  async classify(windows: readonly Float32Array[]): Promise<Float64Array[]> {
    const { name, persons } = this;
    if (persons === undefined) {
      throw new InferenceError(
        `${name} does not know persons by name`,
        `It wants an output "${LOGITS}" and their names in edgebeat.classes.identity.`,
      );
    }
    return (await this.session.run(windows, [LOGITS]))[LOGITS].map((logits) => {
      if (logits.length === persons.length && logits.every(Number.isFinite)) return softmax(logits);
      throw new InferenceError(
        `${name} gives as "${LOGITS}" of a window ${logits.length} numbers, ${logits.filter(Number.isFinite).length} of them finite, for ${persons.length} persons`,
        `The output holds a logit for each name in edgebeat.classes.identity.`,
      );
    });
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

function personsOf({ name, metadata, outputs }: ModelFile<'identity'>): readonly string[] | undefined {
  const names = metadata.classes?.identity ?? metadata.classes?.[LOGITS];
  const logits = outputs.find((output) => output.name === LOGITS);
  if (names === undefined || logits === undefined) return undefined;
  const { dtype, shape } = logits;
  const width = shape?.[1];
  if (dtype !== 'float32' || (typeof width === 'number' && width !== names.length)) {
    throw new InferenceError(
      `${name} gives "${LOGITS}" as ${dtype}[${shape?.join(', ') ?? '?'}], its metadata name ${names.length} persons: float32[N, ${names.length}]`,
      'Make edgebeat.classes.identity and the output agree.',
    );
  }
  return names;
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
