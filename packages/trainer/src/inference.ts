/** Runs an identity model, an ONNX file, on windows with onnxruntime-node, as its `edgebeat.*` metadata asks. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodeModel, type ModelMetadata, type ModelWindow, readMetadata, type ValueInfo } from '@edgebeat/graph';
import * as ort from 'onnxruntime-node';

/** A model that cannot be run on identity windows: names it and says what is missing. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

export interface InferenceOptions {
  /** Threads inside one operator; default 1, so that results and times do not depend on the machine's cores. */
  readonly threads?: number;
  /** Windows per run where the model leaves its batch open; default 64. */
  readonly batch?: number;
}

/** The metadata that evaluation cannot do without, and the rest. */
export interface IdentityModelMetadata extends ModelMetadata {
  readonly rate: number;
  readonly window: Extract<ModelWindow, { kind: 'identity' }>;
  readonly normalize: NonNullable<ModelMetadata['normalize']>;
}

const EMBEDDING = 'embedding';
const DEFAULT_BATCH = 64;

/** A loaded model that turns identity windows into embeddings. Release it when done. */
export class EmbeddingModel {
  /** `edgebeat.name` of its metadata, otherwise the file's name. */
  readonly name: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly metadata: IdentityModelMetadata;
  /** Samples of one window: beats × samples of a beat. */
  readonly windowSize: number;
  private readonly session: ort.InferenceSession;
  private readonly input: string;
  private readonly output: string;
  private readonly batch: number;
  /** Whether the model takes exactly `batch` windows, no fewer. */
  private readonly batchIsFixed: boolean;

  private constructor(file: LoadedFile, session: ort.InferenceSession, ends: Ends, options: InferenceOptions) {
    const { beats, before, after } = file.metadata.window;
    this.name = file.metadata.name ?? file.name;
    this.sha256 = file.sha256;
    this.metadata = file.metadata;
    this.windowSize = beats * (before + after);
    this.session = session;
    this.input = ends.input;
    this.output = ends.output;
    this.batch = ends.batch ?? options.batch ?? DEFAULT_BATCH;
    this.batchIsFixed = ends.batch !== undefined;
  }

  /**
   * Loads a model from a file, or from the bytes of one.
   *
   * @throws GraphError for a file that is no ONNX model; InferenceError for one that is no identity model.
   */
  static async load(source: string | Uint8Array, options: InferenceOptions = {}): Promise<EmbeddingModel> {
    const file = await loadFile(source);
    const session = await createSession(file, options);
    return new EmbeddingModel(file, session, endsOf(file, session), options);
  }

  /**
   * Embeddings of windows, one after the other.
   *
   * @param windows each `[beats, samples]`, row by row, cut and normalised as the metadata says.
   * @returns one `[D]` per window, as the model gives it (not brought to unit length).
   */
  async embed(windows: readonly Float32Array[]): Promise<Float32Array[]> {
    const { beats, before, after } = this.metadata.window;
    const embeddings: Float32Array[] = [];
    for (let first = 0; first < windows.length; first += this.batch) {
      const part = windows.slice(first, first + this.batch);
      const rows = this.batchIsFixed ? this.batch : part.length;
      const input = new Float32Array(rows * this.windowSize);
      part.forEach((window, index) => {
        if (window.length !== this.windowSize) {
          throw new InferenceError(
            `a window has ${window.length} samples, ${this.name} wants ${this.windowSize}`,
            'Cut windows as edgebeat.window of its metadata says.',
          );
        }
        input.set(window, index * this.windowSize);
      });
      const feeds = { [this.input]: new ort.Tensor('float32', input, [rows, beats, before + after]) };
      const { data } = (await this.session.run(feeds, [this.output]))[this.output]!;
      if (!(data instanceof Float32Array)) {
        throw new InferenceError(`${this.name} gives no float32 embedding`, 'Cast its output to float32.');
      }
      const length = data.length / rows;
      for (let i = 0; i < part.length; i++) embeddings.push(data.slice(i * length, (i + 1) * length));
    }
    return embeddings;
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

interface LoadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly metadata: IdentityModelMetadata;
  readonly inputs: readonly ValueInfo[];
}

/** Names of input and output, and the batch size where the model fixes it. */
interface Ends {
  readonly input: string;
  readonly output: string;
  readonly batch: number | undefined;
}

async function loadFile(source: string | Uint8Array): Promise<LoadedFile> {
  const name = typeof source === 'string' ? basename(source, '.onnx') : 'model';
  const bytes = typeof source === 'string' ? await readModel(source) : source;
  const model = decodeModel(bytes);
  const metadata = readMetadata(model.metadata);
  const { rate, window, normalize } = metadata;
  if (rate === undefined || window === undefined || normalize === undefined) {
    const missing = Object.entries({ rate, window, normalize }).filter(([, value]) => value === undefined);
    throw new InferenceError(
      `${name} does not say how its input is made: ${missing.map(([key]) => `edgebeat.${key}`).join(', ')} missing in its metadata`,
      'Write the metadata into the file (writeMetadata of @edgebeat/graph).',
    );
  }
  if (window.kind !== 'identity') {
    throw new InferenceError(
      `${name} wants ${window.kind} windows`,
      'Identity protocols need a model of identity windows.',
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, bytes, sha256, metadata: { ...metadata, rate, window, normalize }, inputs: model.graph.inputs };
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InferenceError(`${path} cannot be read: ${(error as Error).message}`, 'Give the path of an .onnx file.');
  }
}

async function createSession(
  { name, bytes }: LoadedFile,
  { threads = 1 }: InferenceOptions,
): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new InferenceError(
      `onnxruntime does not take ${name}: ${(error as Error).message}`,
      'Check the file with edgebeat inspect.',
    );
  }
}

function endsOf({ name, metadata, inputs }: LoadedFile, session: ort.InferenceSession): Ends {
  const [input] = session.inputNames;
  if (session.inputNames.length !== 1 || input === undefined) {
    throw new InferenceError(
      `${name} has ${session.inputNames.length} inputs (${session.inputNames.join(', ')})`,
      'An identity model has one input of shape [N, beats, samples].',
    );
  }
  const output = session.outputNames.length === 1 ? session.outputNames[0]! : EMBEDDING;
  if (!session.outputNames.includes(output)) {
    throw new InferenceError(
      `${name} has no output "${EMBEDDING}" among ${session.outputNames.join(', ')}`,
      `Name the output that holds the embedding "${EMBEDDING}".`,
    );
  }
  const declared = inputs.find((value) => value.name === input);
  const { beats, before, after } = metadata.window;
  const [batch, ...rest] = declared?.shape ?? [];
  if (declared?.dtype !== 'float32' || rest.join() !== `${beats},${before + after}`) {
    throw new InferenceError(
      `${name} takes ${declared?.dtype ?? '?'}[${declared?.shape?.join(', ') ?? '?'}], its metadata promises float32[N, ${beats}, ${before + after}]`,
      'Make edgebeat.window and the input agree.',
    );
  }
  return { input, output, batch: typeof batch === 'number' ? batch : undefined };
}
