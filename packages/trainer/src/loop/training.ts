/**
 * The training loop: step after step, curves, validation, checkpoints. A training that was stopped and resumed ends in the same
 * bits as one that was not, on the same type of processor with the same number of threads.
 */
import type { Model } from '@edgebeat/graph';
import { requireCount } from '../recipe-error.js';
import { type StepResult, StepSession, type TrainingState, withState } from '../step/step-session.js';
import { TrainingError } from '../step/training-error.js';
import type { TrainingStep } from '../step/training-step.js';
import type { BatchSource } from './batch-source.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { BestSoFar, PendingPoint } from './checkpoint-content.js';
import { damagedCheckpoint } from './damaged-checkpoint.js';
import { fingerprintOf } from './fingerprint.js';
import type { HistoryPoint } from './history.js';
import { noSteps, toPoint, withStep } from './pending-point.js';

/** What is trained, on what, and how it is judged. */
export interface TrainingPlan {
  /** The model with its initial weights. */
  readonly model: Model;
  /** Made from that model. */
  readonly step: TrainingStep;
  readonly source: BatchSource;
  readonly steps: number;
  /** Of a step, from 1 on. */
  readonly learningRate: (step: number) => number;
  /**
   * Figures of a model on the validation part, fractions of 1, and perhaps a temperature. Left out, the last weights are kept.
   */
  readonly validate?: (model: Model) => Promise<Readonly<Record<string, number>>>;
  /** Of those figures: the weights of the highest one are kept, of the latest among equals. */
  readonly score?: (figures: Readonly<Record<string, number>>) => number;
  /** Whatever else the course depends on, as plain JSON: recipe, data, seed. A checkpoint of another recipe is refused. */
  readonly recipe: unknown;
}

export interface TrainingOptions {
  /** Steps between points of the curves, and validations; default 100. */
  readonly every?: number;
  /** Where checkpoints go; none unless given. An existing one is resumed. */
  readonly checkpoint?: string;
  /** Steps between checkpoints; default 200. One is also written when the training is stopped. */
  readonly checkpointEvery?: number;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
  /** Stops the training after the step it is at; what is done is in the checkpoint. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  /** Steps that are done. */
  readonly step: number;
  readonly steps: number;
  readonly result?: StepResult;
  /** The latest point of the curves. */
  readonly point?: HistoryPoint;
  readonly best?: BestSoFar;
}

export interface TrainingOutcome {
  /** With the best weights, or the last where nothing was validated. */
  readonly model: Model;
  /** Whether all steps are done. */
  readonly isComplete: boolean;
  /** Steps that are done. */
  readonly step: number;
  readonly best?: BestSoFar;
  readonly history: readonly HistoryPoint[];
}

const DEFAULT_EVERY = 100;
const DEFAULT_CHECKPOINT_EVERY = 200;

/**
 * Trains a model.
 *
 * @throws TrainingError when the loss is no longer finite, or a checkpoint is of another training; CheckpointError for a file
 * that is none, or is damaged; RecipeError for numbers of steps that are no whole numbers from 1 on.
 */
export async function train(plan: TrainingPlan, options: TrainingOptions = {}): Promise<TrainingOutcome> {
  requireCount('the number of steps', plan.steps);
  requireCount('the number of steps between points of the curves', options.every ?? DEFAULT_EVERY);
  requireCount('the number of steps between checkpoints', options.checkpointEvery ?? DEFAULT_CHECKPOINT_EVERY);
  const session = await StepSession.create(
    plan.step,
    options.threads === undefined ? {} : { threads: options.threads },
  );
  try {
    const training = new Training(plan, options, session);
    await training.resume();
    return await training.run();
  } finally {
    await session.release();
  }
}

class Training {
  readonly #plan: TrainingPlan;
  readonly #options: TrainingOptions;
  readonly #session: StepSession;
  readonly #fingerprint: string;
  readonly #every: number;
  /** State tensors that the model has: its parameters and statistics. */
  readonly #weightNames: readonly string[];
  #step = 0;
  #history: HistoryPoint[] = [];
  #pending: PendingPoint = noSteps;
  #best: BestSoFar | undefined;
  #bestWeights: TrainingState | undefined;

  constructor(plan: TrainingPlan, options: TrainingOptions, session: StepSession) {
    this.#plan = plan;
    this.#options = options;
    this.#session = session;
    this.#every = options.every ?? DEFAULT_EVERY;
    this.#fingerprint = fingerprintOf(plan, this.#every, options.threads);
    const ofModel = new Set(plan.model.graph.initializers.map(({ name }) => name));
    this.#weightNames = plan.step.initialState.map(({ name }) => name).filter((name) => ofModel.has(name));
  }

  async resume(): Promise<void> {
    const { checkpoint } = this.#options;
    if (checkpoint === undefined) return;
    const saved = await readCheckpoint(checkpoint, this.#fingerprint, this.#weightNames);
    if (!saved) return;
    const { content, state, bestWeights } = saved;
    this.#session.load(state);
    try {
      this.#plan.source.restore(content.source);
    } catch (error) {
      throw damagedCheckpoint(checkpoint, `its place in the data, ${(error as Error).message}`);
    }
    this.#step = content.step;
    this.#history = [...content.history];
    this.#pending = content.pending;
    this.#best = content.best;
    this.#bestWeights = bestWeights;
  }

  async run(): Promise<TrainingOutcome> {
    const plan = this.#plan;
    const { signal, checkpointEvery = DEFAULT_CHECKPOINT_EVERY } = this.#options;
    this.#report();
    while (this.#step < plan.steps && !signal?.aborted) {
      await this.#next();
      if (this.#step % checkpointEvery === 0 && this.#step < plan.steps) await this.#save();
    }
    await this.#save();
    return {
      model: withState(plan.model, this.#bestWeights ?? this.#session.state()),
      isComplete: this.#step >= plan.steps,
      step: this.#step,
      ...(this.#best ? { best: this.#best } : {}),
      history: this.#history,
    };
  }

  async #next(): Promise<void> {
    const { source, learningRate, steps } = this.#plan;
    const number = this.#step + 1;
    const result = await this.#session.run(await source.next(), learningRate(number), number);
    this.#step = number;
    this.#pending = withStep(this.#pending, result);
    if (number % this.#every === 0 || number === steps) await this.#addPoint();
    this.#report(result);
  }

  async #addPoint(): Promise<void> {
    const { learningRate, step, validate } = this.#plan;
    const weights = this.#session.lossWeights;
    const validation = validate && (await this.#validate(validate));
    this.#history.push(
      toPoint(this.#pending, {
        step: this.#step,
        learningRate: learningRate(this.#step),
        ...(weights ? { lossWeights: Object.fromEntries(step.losses.map((name, i) => [name, weights[i]!])) } : {}),
        ...(validation ? { validation } : {}),
      }),
    );
    this.#pending = noSteps;
  }

  async #validate(validate: NonNullable<TrainingPlan['validate']>): Promise<Readonly<Record<string, number>>> {
    const state = this.#session.state();
    const figures = await validate(withState(this.#plan.model, state));
    const score = this.#plan.score?.(figures) ?? 0;
    if (Number.isNaN(score)) {
      throw new TrainingError(
        `the score on the validation part is NaN at step ${this.#step}`,
        `Its figures are ${JSON.stringify(figures)}: give it something to validate on.`,
      );
    }
    if (this.#best === undefined || score >= this.#best.score) {
      this.#best = { step: this.#step, score, figures };
      this.#bestWeights = new Map(this.#weightNames.map((name) => [name, state.get(name)!]));
    }
    return figures;
  }

  async #save(): Promise<void> {
    const { checkpoint } = this.#options;
    if (checkpoint === undefined) return;
    const content = {
      fingerprint: this.#fingerprint,
      step: this.#step,
      source: this.#plan.source.state(),
      history: this.#history,
      pending: this.#pending,
      ...(this.#best ? { best: this.#best } : {}),
    };
    await writeCheckpoint(checkpoint, content, this.#plan.step, this.#session.state(), this.#bestWeights);
  }

  #report(result?: StepResult): void {
    const point = this.#history.at(-1);
    this.#options.onProgress?.({
      step: this.#step,
      steps: this.#plan.steps,
      ...(result ? { result } : {}),
      ...(point ? { point } : {}),
      ...(this.#best ? { best: this.#best } : {}),
    });
  }
}
