/** Batches with what the teacher says to them. */
import type { BatchSource } from '../../loop/batch-source.js';
import type { Batch } from '../../step/step-session.js';
import type { Teacher } from './teacher.js';

/** Names of the batch's inputs beside those of the source. */
export const TEACHER_LOGITS = 'teacher_logits';
export const TEACHER_EMBEDDING = 'teacher_embedding';
export const teacherStage = (stage: number) => `teacher_stage${stage}`;

/** Which answers a student learns from; others are not passed on. */
export interface WantedAnswers {
  readonly logits: boolean;
  readonly embedding: boolean;
  readonly stages: boolean;
}

/** The batches of another source, which alone has a state: the same windows get the same answers. */
export class TaughtBatches<S> implements BatchSource<S> {
  readonly #source: BatchSource<S>;
  readonly #teacher: Teacher;
  readonly #wanted: WantedAnswers;

  /** @param source of batches with `beats`, normalised as the teacher wants them. */
  constructor(source: BatchSource<S>, teacher: Teacher, wanted: WantedAnswers) {
    this.#source = source;
    this.#teacher = teacher;
    this.#wanted = wanted;
  }

  async next(): Promise<Batch> {
    const batch = await this.#source.next();
    const { logits, embedding, stages } = await this.#teacher.answer(batch.beats as Float32Array);
    const wanted = this.#wanted;
    return {
      ...batch,
      ...(wanted.logits && { [TEACHER_LOGITS]: logits }),
      ...(wanted.embedding && { [TEACHER_EMBEDDING]: embedding }),
      ...(wanted.stages && Object.fromEntries(stages.map((map, index) => [teacherStage(index + 1), map]))),
    };
  }

  state(): S {
    return this.#source.state();
  }

  restore(state: S): void {
    this.#source.restore(state);
  }
}
