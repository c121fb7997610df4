/** A trained `resnet34` as a teacher: what it makes of windows, at every depth. */
import { beatLength, beatsPerWindow } from '@edgebeat/ecg';
import { decodeModel, encodeModel, inferShapes, type Normalization } from '@edgebeat/graph';
import { cropOf } from '@edgebeat/models';
import { readModelFile } from '../../inference/model-file.js';
import { type InferenceOptions, WindowSession } from '../../inference/window-session.js';
import { RecipeError } from '../../recipe-error.js';
import { type ResidualStage, residualStages, withOutputs } from './residual-stages.js';

/** What a recipe has to know of a teacher. */
export interface TeacherDescription {
  /** Of its file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly normalize: Normalization;
  /** Classes of its logits, in order. */
  readonly persons: readonly string[];
  readonly embeddingSize: number;
  /** Samples of each beat that it looks at, [first, last). */
  readonly crop: readonly [first: number, last: number];
  readonly stages: readonly ResidualStage[];
}

/** What it makes of windows, rows one after the other. */
export interface TeacherAnswers {
  /** [N, persons]. */
  readonly logits: Float32Array;
  /** [N, embeddingSize]. */
  readonly embedding: Float32Array;
  /** Of each stage, [N, channels, length]. */
  readonly stages: readonly Float32Array[];
}

const LOGITS = 'logits';
const EMBEDDING = 'embedding';
const WINDOW = beatsPerWindow * beatLength;

/** Release it when done. */
export class Teacher {
  readonly about: TeacherDescription;
  readonly #session: WindowSession;

  private constructor(about: TeacherDescription, session: WindowSession) {
    this.about = about;
    this.#session = session;
  }

  /**
   * @param source path of an `.onnx` file, or its bytes.
   * @throws GraphError for a file that is no ONNX model; InferenceError for one of other windows; RecipeError for one that is no
   * `resnet34` whose persons have names.
   */
  static async load(source: string | Uint8Array, options: InferenceOptions = {}): Promise<Teacher> {
    const { name, bytes, sha256, metadata, inputs } = await readModelFile(source, 'identity');
    const model = decodeModel(bytes);
    const types = inferShapes(model.graph);
    const [persons, embedding] = [metadata.classes?.identity, types.get(EMBEDDING)?.shape[1]];
    if (persons === undefined || typeof embedding !== 'number' || !types.has(LOGITS)) {
      throw new RecipeError(
        `${name} cannot teach: it has no ${EMBEDDING}, no ${LOGITS}, or no names for them`,
        'Give a teacher that "edgebeat train resnet34" wrote.',
      );
    }
    const stages = residualStages(model);
    const shown = withOutputs(
      model,
      stages.map(({ value }) => value),
    );
    const file = { name, bytes: encodeModel(shown), inputs };
    const about = {
      sha256,
      normalize: metadata.normalize,
      persons,
      embeddingSize: embedding,
      crop: cropOf(model),
      stages,
    };
    return new Teacher(about, await WindowSession.create(file, [beatsPerWindow, beatLength], options));
  }

  /** @param beats [N, 3, 300], normalised as it wants them. */
  async answer(beats: Float32Array): Promise<TeacherAnswers> {
    const windows = Array.from({ length: beats.length / WINDOW }, (_, row) =>
      beats.subarray(row * WINDOW, (row + 1) * WINDOW),
    );
    const stages = this.about.stages.map(({ value }) => value);
    const rows = await this.#session.run(windows, [LOGITS, EMBEDDING, ...stages]);
    return {
      logits: joined(rows[LOGITS]!),
      embedding: joined(rows[EMBEDDING]!),
      stages: stages.map((stage) => joined(rows[stage]!)),
    };
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.#session.release();
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const [first] = rows;
  const all = new Float32Array(rows.length * (first?.length ?? 0));
  for (const [index, row] of rows.entries()) all.set(row, index * row.length);
  return all;
}
