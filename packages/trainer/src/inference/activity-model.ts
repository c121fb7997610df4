/**
 * Runs a model of activity windows, an ONNX file, as its `edgebeat.*` metadata asks. Such a model tells who wears the device,
 * what they do, or both.
 */
import { sampleRate } from '@edgebeat/ecg';
import { InferenceError } from './inference-error.js';
import { type ModelFile, readModelFile, type WindowedModelMetadata } from './model-file.js';
import { softmax } from './softmax.js';
import { type InferenceOptions, openRunner, type WindowRunner } from './window-session.js';

export type ActivityModelMetadata = WindowedModelMetadata<'activity'>;

/** What is asked about a window; also the names of outputs, and of their entries in `edgebeat.classes`. */
export const tasks = ['identity', 'activity'] as const;
export type Task = (typeof tasks)[number];

/** Probabilities of the classes of every task that the model has, in the order of its `edgebeat.classes`. */
export type Classification = Partial<Readonly<Record<Task, Float64Array>>>;

/** A loaded model that classifies activity windows. Release it when done. */
export class ActivityModel {
  /** `edgebeat.name` of its metadata, otherwise the file's name. */
  readonly name: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly metadata: ActivityModelMetadata;
  /** Names of the classes of each task that it has. */
  readonly classes: Partial<Readonly<Record<Task, readonly string[]>>>;
  private readonly session: WindowRunner;
  private readonly tasks: readonly Task[];

  private constructor(file: ModelFile<'activity'>, classes: ActivityModel['classes'], session: WindowRunner) {
    this.name = file.name;
    this.sha256 = file.sha256;
    this.metadata = file.metadata;
    this.classes = classes;
    this.session = session;
    this.tasks = tasks.filter((task) => classes[task] !== undefined);
  }

  /**
   * Loads a model from a file, or from the bytes of one. Its one input is `[N, 1, samples]`, its outputs `identity` and
   * `activity` (one of them may be missing) are logits `[N, classes]`; other outputs, `embedding` for one, are not looked at.
   *
   * @throws GraphError for a file that is no ONNX model; InferenceError for a model of other windows than the signal path cuts
   * (250 Hz, z-scored), one without both outputs, or one whose outputs and `edgebeat.classes` disagree.
   */
  static async load(source: string | Uint8Array, options: InferenceOptions = {}): Promise<ActivityModel> {
    const file = await readModelFile(source, 'activity');
    const { rate, normalize, window } = file.metadata;
    if (rate !== sampleRate || normalize !== 'z-score') {
      throw new InferenceError(
        `${file.name} wants activity windows at ${rate} Hz, normalised: ${normalize}`,
        `The signal path cuts them at ${sampleRate} Hz, normalised: z-score. Train on those.`,
      );
    }
    const classes = classesOf(file);
    return new ActivityModel(file, classes, await openRunner(file, [1, window.samples], options));
  }

  /**
   * Classifies windows, one after the other.
   *
   * @param windows each `[samples]`, z-scored.
   * @throws InferenceError when an output gives other numbers than a finite one per class.
   */
  async classify(windows: readonly Float32Array[]): Promise<Classification[]> {
    const logits = await this.session.run(windows, this.tasks);
    return windows.map((_, index) =>
      Object.fromEntries(this.tasks.map((task) => [task, this.probabilities(task, logits[task][index]!)])),
    );
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.session.release();
  }

  private probabilities(task: Task, logits: Float32Array): Float64Array {
    const { length } = this.classes[task]!;
    if (logits.length !== length || !logits.every(Number.isFinite)) {
      throw new InferenceError(
        `${this.name} gives as "${task}" of a window ${logits.length} numbers, ${logits.filter(Number.isFinite).length} of them finite, for ${length} classes`,
        `The output holds a logit for each name in edgebeat.classes.${task}.`,
      );
    }
    return softmax(logits);
  }
}

/** Classes of the outputs that are there. */
function classesOf({ name, metadata, outputs }: ModelFile<'activity'>): ActivityModel['classes'] {
  const classes: Partial<Record<Task, readonly string[]>> = {};
  for (const task of tasks) {
    const output = outputs.find((one) => one.name === task);
    const names = metadata.classes?.[task];
    if (output === undefined) {
      if (names === undefined) continue;
      throw new InferenceError(
        `${name} names the classes of "${task}", but has no such output among ${outputs.map((one) => one.name).join(', ')}`,
        `Name the output that holds the logits "${task}", or leave the classes out.`,
      );
    }
    if (names === undefined || names.length === 0) {
      throw new InferenceError(
        `${name} does not name the classes of its output "${task}"`,
        `Write them into its metadata, in the order of the logits: edgebeat.classes {"${task}": […]}.`,
      );
    }
    const repeated = names.find((one, index) => names.indexOf(one) !== index);
    if (repeated !== undefined) {
      throw new InferenceError(
        `${name} has two classes "${repeated}" of "${task}"`,
        'A class stands in edgebeat.classes once.',
      );
    }
    const { dtype, shape } = output;
    const width = shape?.[1];
    const fits = shape === undefined || (shape.length === 2 && (typeof width !== 'number' || width === names.length));
    if (dtype !== 'float32' || !fits) {
      throw new InferenceError(
        `${name} gives "${task}" as ${dtype}[${shape?.join(', ') ?? '?'}], its metadata name ${names.length} classes: float32[N, ${names.length}]`,
        `Make edgebeat.classes.${task} and the output agree.`,
      );
    }
    classes[task] = names;
  }
  if (Object.keys(classes).length === 0) {
    throw new InferenceError(
      `${name} has none of the outputs ${tasks.join(', ')}, only ${outputs.map((one) => one.name).join(', ')}`,
      'Name the outputs that hold the logits so.',
    );
  }
  return classes;
}
