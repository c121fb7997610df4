/** A network that tells what the wearer does from a few seconds of signal, loaded into an engine, described by its own metadata. */
import { sampleRate } from '@edgebeat/ecg';
import type { ModelMetadata } from '@edgebeat/graph';
import type { ModelReference } from '@edgebeat/identity';
import type { InferenceEngine, InferenceSession, ModelBytes } from '../engine/index.js';
import { RuntimeError } from '../runtime-error.js';
import { describeModel, requireWindowInput, trialWindow } from './model-file.js';

const outputName = 'activity';
/** Longest window, s: what the wearer does shall be known while they do it. */
const longestSeconds = 60;

/** Obeys the file: the length of a window and the names of the activities are what its metadata says. */
export class ActivityModel {
  readonly reference: ModelReference;
  /** Samples of a window, at 250 Hz. */
  readonly samples: number;
  /** The activities that it knows, in the order of its logits: `rest`, `walking`, … */
  readonly activities: readonly string[];
  private readonly session: InferenceSession;
  private readonly inputName: string;

  private constructor(
    session: InferenceSession,
    samples: number,
    activities: readonly string[],
    reference: ModelReference,
  ) {
    this.session = session;
    this.samples = samples;
    this.inputName = requireWindowInput(session, [1, samples], 'activity');
    this.activities = activities;
    this.reference = reference;
  }

  /**
   * @param bytes the `.onnx` or `.wasm` file, or the files of a TensorFlow.js model. Its input, whatever its name, is `[N, 1, samples]`, its output `activity` the logits
   * `[N, activities]`; other outputs (`identity`, `embedding`) may be there, and are not looked at. It is tried with one
   * window.
   * @throws GraphError for bytes that are no such file or metadata that are malformed, RuntimeError for a model of another kind.
   */
  static async load(bytes: ModelBytes, engine: InferenceEngine): Promise<ActivityModel> {
    const { metadata, outputs, reference } = await describeModel(bytes);
    const samples = requireActivityWindow(metadata);
    if (!outputs.includes(outputName))
      throw new RuntimeError(
        `the model has no output named '${outputName}'`,
        `Export it with the logits of its activities as the output '${outputName}'.`,
      );
    const activities = requireActivities(metadata);
    const session = await engine.load(bytes);
    try {
      const model = new ActivityModel(session, samples, activities, reference);
      await model.tryOut();
      return model;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * @param window `[samples]`, z-scored.
   * @returns the probability of each activity (softmax of the logits), in their order.
   */
  async classify(window: Float32Array): Promise<Float64Array> {
    return softmax((await this.logits(window)).data);
  }

  private async logits(window: Float32Array) {
    const outputs = await this.session.run({ [this.inputName]: { data: window, shape: [1, 1, this.samples] } });
    const { data, shape } = outputs[outputName]!;
    return { data: data as Float32Array, shape };
  }

  /** One made-up window must give as many finite numbers as there are activities. */
  private async tryOut(): Promise<void> {
    const { data, shape } = await this.logits(trialWindow(this.samples));
    const wanted = [1, this.activities.length];
    if (shape.join() === wanted.join() && data.every(Number.isFinite)) return;
    throw new RuntimeError(
      `the model's output '${outputName}' is no row of ${this.activities.length} finite numbers`,
      'Check its weights, and that edgebeat.classes names an activity for every logit.',
    );
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

/** @returns samples of a window. */
function requireActivityWindow({ rate, window, normalize }: ModelMetadata): number {
  const fits =
    (rate ?? sampleRate) === sampleRate &&
    window?.kind === 'activity' &&
    window.samples <= longestSeconds * sampleRate &&
    normalize === 'z-score';
  if (fits) return window.samples;
  throw new RuntimeError(
    `the model wants ${window ? JSON.stringify(window) : 'an unnamed window'} at ${rate ?? 'an unnamed rate'} Hz, normalised: ${normalize ?? 'it does not say how'}`,
    `The gateway serves activity windows of up to ${longestSeconds} s at ${sampleRate} Hz, z-scored (metadata edgebeat.window, edgebeat.rate and edgebeat.normalize).`,
  );
}

/** @returns the names of the activities. */
function requireActivities({ classes }: ModelMetadata): readonly string[] {
  const activities = classes?.[outputName] ?? [];
  if (activities.length > 1 && new Set(activities).size === activities.length) return activities;
  throw new RuntimeError(
    activities.length > 1 ? 'two activities of the model have the same name' : 'the model does not name its activities',
    `Write the name of every logit of '${outputName}' into its metadata: edgebeat.classes {"${outputName}": ["rest", …]}.`,
  );
}

function softmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const exponentials = values.map((value) => Math.exp(value - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
