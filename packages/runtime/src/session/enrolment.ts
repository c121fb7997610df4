/** One enrolment from a live stream: collects embeddings for a stated time and makes a template of them. */
import { enrol, type ModelReference, type Template } from '@edgebeat/identity';
import type { Enrolment as EnrolmentReport } from '@edgebeat/wire';

/** Fewer windows than this make no template. */
const fewestWindows = 5;
/** Given up when so many times the stated time did not bring enough windows. */
const patience = 3;

export class Enrolment {
  readonly subject: string;
  private readonly seconds: number;
  private readonly embeddings: Float32Array[] = [];
  private startUs: number | undefined;
  private elapsed = 0;
  private refused = 0;

  /** @param seconds of stream time to collect, counted from `begin` on. */
  constructor(subject: string, seconds: number) {
    this.subject = subject;
    this.seconds = seconds;
  }

  /** The stream goes on at this time: from the first call on the seconds count. */
  begin(timeUs: number): void {
    this.startUs ??= timeUs;
  }

  /** @param embedding undefined for a window whose signal was too poor. @param endUs when the window ended. */
  add(embedding: Float32Array | undefined, endUs: number): void {
    this.begin(endUs);
    this.elapsed = (endUs - this.startUs!) / 1e6;
    if (embedding) this.embeddings.push(embedding);
    else this.refused++;
  }

  /** Whether the stream has begun, or goes on, since the enrolment was asked for. */
  get hasBegun(): boolean {
    return this.startUs !== undefined;
  }

  get isComplete(): boolean {
    return this.elapsed >= this.seconds && this.embeddings.length >= fewestWindows;
  }

  get isHopeless(): boolean {
    return this.elapsed >= patience * this.seconds && !this.isComplete;
  }

  /** @param createdAt time of the last window. */
  template(model: ModelReference, createdAt: Date): Template {
    return enrol(this.embeddings, { subject: this.subject, model, createdAt });
  }

  report(state: EnrolmentReport['state'], reason?: string): EnrolmentReport {
    const progress = state === 'done' ? 1 : Math.max(0, Math.min(0.99, this.elapsed / this.seconds));
    const report = { subject: this.subject, state, progress, windows: this.embeddings.length };
    return reason === undefined ? report : { ...report, reason };
  }

  /** Why there is no template. */
  get shortcoming(): string {
    return `${this.embeddings.length} usable windows of ${this.embeddings.length + this.refused}, ${fewestWindows} needed`;
  }
}
