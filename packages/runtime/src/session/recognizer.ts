/** Who wears the device: embeddings of the latest windows against the gallery, and enrolment of a new person. */
import type { IdentityWindow } from '@edgebeat/ecg';
import { identify, type Threshold, UNKNOWN } from '@edgebeat/identity';
import type { Enrolment as EnrolmentReport, IdentityMessage } from '@edgebeat/wire';
import type { IdentityModel } from '../model/identity-model.js';
import { Enrolment } from './enrolment.js';
import type { Gallery } from './gallery.js';

export interface RecognizerOptions {
  readonly threshold: Threshold;
  /** Windows whose embeddings are averaged for one answer. */
  readonly windows: number;
  /** Windows of a lower quality (0 to 1) are not looked at. */
  readonly lowestQuality: number;
  /** Enrol whoever wears the device as this subject, over so many seconds, for as long as there is no such template. */
  readonly autoEnrol?: { readonly subject: string; readonly seconds: number } | undefined;
}

/** What the recognizer adds to the fields that every result has. */
export type IdentityAnswer = Pick<
  IdentityMessage,
  'decision' | 'identity' | 'score' | 'metric' | 'threshold' | 'model' | 'windows' | 'candidates' | 'enrolment'
>;

const mostCandidates = 3;
/** Nobody hands a device over within a second. */
const longestBreak = 1;

export class Recognizer {
  private readonly model: IdentityModel;
  private readonly gallery: Gallery;
  private readonly options: RecognizerOptions;
  private probes: Float32Array[] = [];
  private enrolment: Enrolment | undefined;

  constructor(model: IdentityModel, gallery: Gallery, options: RecognizerOptions) {
    this.model = model;
    this.gallery = gallery;
    this.options = options;
  }

  /** A frame with signal came that begins at this time. */
  hear(timeUs: number): void {
    const { autoEnrol } = this.options;
    if (autoEnrol && !this.enrolment && !this.gallery.has(autoEnrol.subject))
      this.enrolment = new Enrolment(autoEnrol.subject, autoEnrol.seconds);
    this.enrolment?.begin(timeUs);
  }

  /** From the next window on, collect for a template. An enrolment that is running is dropped. */
  startEnrolment(subject: string, seconds: number): IdentityAnswer {
    this.enrolment = new Enrolment(subject, seconds);
    return this.answer('enrolling', { enrolment: this.enrolment.report('running') });
  }

  /** @returns the answer to publish, undefined when no enrolment was running. */
  cancelEnrolment(): IdentityAnswer | undefined {
    const cancelled = this.enrolment;
    this.enrolment = undefined;
    return cancelled && this.answer('undecided', { enrolment: cancelled.report('cancelled') });
  }

  /**
   * Signal is missing: windows before and after it are not averaged. Missing for longer than a moment, or with the clock set
   * back, somebody else may have put the device on: an enrolment that was running has failed.
   *
   * @param seconds how much is missing. @returns the answer to publish, undefined where there is nothing to tell.
   */
  interrupt(seconds: number): IdentityAnswer | undefined {
    this.probes = [];
    if (seconds >= 0 && seconds <= longestBreak) return undefined;
    const failed = this.failEnrolment(`the stream was interrupted for ${seconds.toFixed(1)} s`);
    return failed && this.answer('undecided', { enrolment: failed });
  }

  /**
   * Contact was lost: whoever comes next need not be the one before, and an enrolment that had begun has failed.
   * @returns the answer to publish: nobody is known to wear the device.
   */
  reset(): IdentityAnswer {
    this.probes = [];
    const enrolment = this.failEnrolment('electrode contact was lost');
    return this.answer('undecided', enrolment ? { enrolment } : {});
  }

  private failEnrolment(reason: string): EnrolmentReport | undefined {
    const { enrolment } = this;
    if (!enrolment?.hasBegun) return undefined;
    this.enrolment = undefined;
    return enrolment.report('failed', reason);
  }

  /**
   * @param endUs when the window ended, in the time of the stream. @param createdAt what a template made now is dated.
   * @returns the answer to publish.
   */
  async update(window: IdentityWindow, endUs: number, createdAt: Date): Promise<IdentityAnswer> {
    const usable = window.quality >= this.options.lowestQuality;
    const embedding = usable ? await this.model.embed(window.samples) : undefined;
    if (this.enrolment) return this.enrol(this.enrolment, embedding, endUs, createdAt);
    if (!embedding) return this.answer('undecided', {});
    this.probes.push(embedding);
    if (this.probes.length > this.options.windows) this.probes.shift();
    const { subject, ranking, windows } = identify(this.gallery.templates, this.probes, this.options.threshold);
    const candidates = ranking
      .slice(0, mostCandidates)
      .map(({ subject, value }) => ({ identity: subject, score: value }));
    const isKnown = subject !== UNKNOWN;
    return this.answer(isKnown ? 'accepted' : 'unknown', {
      identity: isKnown ? subject : null,
      score: ranking[0]?.value ?? null,
      windows,
      candidates,
    });
  }

  private async enrol(
    enrolment: Enrolment,
    embedding: Float32Array | undefined,
    endUs: number,
    createdAt: Date,
  ): Promise<IdentityAnswer> {
    enrolment.add(embedding, endUs);
    if (enrolment.isComplete) {
      this.enrolment = undefined;
      this.probes = [];
      try {
        await this.gallery.put(enrolment.template(this.model.reference, createdAt));
      } catch (error) {
        return this.answer('undecided', { enrolment: enrolment.report('failed', (error as Error).message) });
      }
      return this.answer('enrolling', { enrolment: enrolment.report('done') });
    }
    if (enrolment.isHopeless) {
      this.enrolment = undefined;
      return this.answer('undecided', { enrolment: enrolment.report('failed', enrolment.shortcoming) });
    }
    return this.answer('enrolling', { enrolment: enrolment.report('running') });
  }

  private answer(decision: IdentityAnswer['decision'], rest: Partial<IdentityAnswer>): IdentityAnswer {
    const { metric, value } = this.options.threshold;
    return {
      decision,
      identity: null,
      score: null,
      metric,
      threshold: value,
      model: this.model.reference.name,
      ...rest,
    };
  }
}
