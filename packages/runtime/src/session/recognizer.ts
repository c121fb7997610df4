/** Who wears the device: embeddings of the latest windows against the gallery, and enrolment of a new person. */
import type { IdentityWindow } from '@edgebeat/ecg';
import { identify, type Threshold, UNKNOWN } from '@edgebeat/identity';
import type { IdentityMessage } from '@edgebeat/wire';
import type { IdentityModel } from '../model/identity-model.js';
import { Enrolment } from './enrolment.js';
import type { Gallery } from './gallery.js';

export interface RecognizerOptions {
  readonly threshold: Threshold;
  /** Windows whose embeddings are averaged for one answer. */
  readonly windows: number;
  /** Windows of a lower quality (0 to 1) are not looked at. */
  readonly lowestQuality: number;
}

/** What the recognizer adds to the fields that every result has. */
export type IdentityAnswer = Pick<
  IdentityMessage,
  'decision' | 'identity' | 'score' | 'metric' | 'threshold' | 'model' | 'windows' | 'candidates' | 'enrolment'
>;

const mostCandidates = 3;

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

  /** A frame came that begins at this time. */
  hear(timeUs: number): void {
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

  /** Signal is missing: windows before and after it are not averaged, the wearer may have changed in between. */
  interrupt(): void {
    this.probes = [];
  }

  /**
   * Contact was lost: whoever comes next need not be the one before, and an enrolment that was running has failed.
   * @returns the answer to publish: nobody is known to wear the device.
   */
  reset(): IdentityAnswer {
    this.interrupt();
    const failed = this.enrolment;
    this.enrolment = undefined;
    const enrolment = failed?.report('failed', 'electrode contact was lost');
    return this.answer('undecided', enrolment ? { enrolment } : {});
  }

  /** @param endUs when the window ended. @returns the answer to publish. */
  async update(window: IdentityWindow, endUs: number): Promise<IdentityAnswer> {
    const usable = window.quality >= this.options.lowestQuality;
    const embedding = usable ? await this.model.embed(window.samples) : undefined;
    if (this.enrolment) return this.enrol(this.enrolment, embedding, endUs);
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
  ): Promise<IdentityAnswer> {
    enrolment.add(embedding, endUs);
    if (enrolment.isComplete) {
      this.enrolment = undefined;
      this.probes = [];
      await this.gallery.put(enrolment.template(this.model.reference, new Date(endUs / 1000)));
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
