/** One device: its frames in order, its signal path, its wearer. Gives results; knows nothing of MQTT. */
import {
  type ActivityWindow,
  type Beat,
  beatLead,
  beatLength,
  type IdentityWindow,
  type Normalization,
  SignalPath,
  type SignalQuality,
  sampleRate,
} from '@edgebeat/ecg';
import {
  decodeFrame,
  FLAG_CLOCK_UNSYNCHRONISED,
  FLAG_LEAD_OFF,
  type Frame,
  FrameError,
  frameEndTimeUs,
  frameMillivolts,
  type MessageBody,
  type SignalGap,
  type StreamCounters,
  StreamTracker,
  sampleCount,
  type TrackerEvent,
} from '@edgebeat/wire';
import type { ActivityAnswer, ActivityRecognizer } from './activity-recognizer.js';
import { FrameClock } from './frame-clock.js';
import { HeartRate } from './heart-rate.js';
import type { IdentityAnswer, Recognizer } from './recognizer.js';
import { UsableSeconds } from './usable-seconds.js';

/** A result and the kind of topic it belongs to. */
export type SessionResult =
  | { readonly kind: 'beat'; readonly body: MessageBody<'beat'> }
  | { readonly kind: 'identity'; readonly body: MessageBody<'identity'> }
  | { readonly kind: 'activity'; readonly body: MessageBody<'activity'> }
  | { readonly kind: 'quality'; readonly body: MessageBody<'quality'> };

export interface DeviceSessionOptions {
  readonly device: string;
  /** Absent where no identity model is loaded. */
  readonly recognizer?: Recognizer | undefined;
  /** Absent where no activity model is loaded. */
  readonly activityRecognizer?: ActivityRecognizer | undefined;
  /** Normalisation of the beats in a window, as the model wants it. */
  readonly normalize?: Normalization | undefined;
  /** Receives each result as it comes. */
  readonly emit: (result: SessionResult) => void;
  /** Channel of the frames that is looked at; the first by default. */
  readonly channel?: number;
}

/** A path and what belongs to one uninterrupted stretch of a stream. */
interface Stretch {
  readonly path: SignalPath;
  readonly clock: FrameClock;
  readonly usable: UsableSeconds;
}

/** A window that waits for its model. */
type PendingWindow =
  | { readonly kind: 'identity'; readonly window: IdentityWindow }
  | { readonly kind: 'activity'; readonly window: ActivityWindow };

const second = 1_000_000;
/** Positions of a signal path are 32-bit integers: after 49 days without a gap it begins anew. */
const longestStretch = 2 ** 30;

/** Frames of a session are handled one after the other: await each `handle` before the next. */
export class DeviceSession {
  private readonly options: DeviceSessionOptions;
  private readonly tracker = new StreamTracker();
  private readonly heartRate = new HeartRate();
  private stretch: Stretch | undefined;
  /** 250 Hz samples of the stream before the stretch at hand, those missing in gaps counted. */
  private samplesBefore = 0;
  private leadOffReportUs = Number.NEGATIVE_INFINITY;
  private windows: PendingWindow[] = [];
  /** The frame at hand, which results refer to. */
  private frame: Frame | undefined;
  /** Beats found so far. */
  beats = 0;

  constructor(options: DeviceSessionOptions) {
    this.options = options;
  }

  get counters(): StreamCounters {
    return this.tracker.counters;
  }

  /** End of the latest frame, µs in the time of the stream; 0 before the first. */
  get timeUs(): number {
    return this.frame ? frameEndTimeUs(this.frame) : 0;
  }

  /**
   * Takes a frame as it arrived. Corrupt ones are counted and otherwise passed over.
   * @returns how many windows, of identity and of activity, were answered.
   */
  async handle(payload: Uint8Array): Promise<number> {
    let frame: Frame;
    try {
      frame = decodeFrame(payload);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.tracker.reportCorrupt();
      return 0;
    }
    return this.process(this.tracker.push(frame));
  }

  /** The device went away: takes what was held back for a missing frame. */
  async flush(): Promise<number> {
    const answers = await this.process(this.tracker.flush());
    this.endStretch();
    return answers;
  }

  /** Passes an answer of the recognizer on as a result of the frame at hand. */
  emitAnswer(answer: IdentityAnswer, windowEndUs: number): void {
    this.options.emit({ kind: 'identity', body: { ...this.common(), windowEndUs, ...answer } });
  }

  private async process(events: readonly TrackerEvent[]): Promise<number> {
    let answers = 0;
    const failures: unknown[] = [];
    for (const event of events) {
      if (event.kind === 'restart') {
        this.begin();
        continue;
      }
      try {
        answers += await this.processFrame(event.frame, event.gapBefore);
      } catch (error) {
        // A model or a store that fails must not cost the frames behind.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return answers;
  }

  /** A new stream: nothing of the old one goes on. */
  private begin(): void {
    this.endStretch();
    this.loseContact();
    this.samplesBefore = 0;
  }

  private async processFrame(frame: Frame, gap: SignalGap | undefined): Promise<number> {
    this.frame = frame;
    if (gap) {
      this.endStretch();
      const answer = this.options.recognizer?.interrupt(gap.seconds);
      if (answer) this.emitAnswer(answer, frame.firstSampleTimeUs);
      this.samplesBefore += pathSamples(gap.samples, frame);
    }
    if (frame.flags & FLAG_LEAD_OFF) {
      this.leadOff(frame);
      return 0;
    }
    this.leadOffReportUs = Number.NEGATIVE_INFINITY;
    this.options.recognizer?.hear(frame.firstSampleTimeUs);
    if (this.stretch && this.stretch.path.position > longestStretch) this.endStretch();
    this.stretch ??= this.beginStretch(frame);
    this.stretch.clock.add(frame.firstSampleTimeUs, sampleCount(frame));
    this.stretch.path.updateAll(frameMillivolts(frame, this.options.channel ?? 0));
    return this.recognize(this.stretch);
  }

  private beginStretch(frame: Frame): Stretch {
    const { normalize, activityRecognizer } = this.options;
    const milliHertz = frame.rateMilliHertz;
    const usable = new UsableSeconds();
    const path = new SignalPath(
      {
        milliHertz,
        ...(normalize && { identity: { normalize } }),
        ...(activityRecognizer && { activity: activityRecognizer }),
      },
      {
        beat: (beat) => this.beat(beat),
        identityWindow: (window) => this.windows.push({ kind: 'identity', window }),
        activityWindow: (window) => this.windows.push({ kind: 'activity', window }),
        quality: (quality) => {
          usable.add(quality);
          this.quality(quality);
        },
      },
    );
    return { path, clock: new FrameClock(milliHertz), usable };
  }

  private endStretch(): void {
    if (this.stretch) {
      this.stretch.path.flush();
      this.samplesBefore += this.stretch.path.position;
    }
    this.stretch = undefined;
    this.options.activityRecognizer?.interrupt();
    this.heartRate.clear();
  }

  private leadOff(frame: Frame): void {
    this.endStretch();
    this.samplesBefore += pathSamples(sampleCount(frame), frame);
    const isFirst = this.leadOffReportUs === Number.NEGATIVE_INFINITY;
    if (isFirst) this.loseContact();
    if (frame.firstSampleTimeUs - this.leadOffReportUs < second) return;
    this.leadOffReportUs = frame.firstSampleTimeUs;
    const windowEndUs = frame.firstSampleTimeUs;
    this.options.emit({ kind: 'quality', body: { ...this.common(), windowEndUs, sqi: 0, reasons: ['lead-off'] } });
  }

  private loseContact(): void {
    const answer = this.options.recognizer?.reset();
    const activity = this.options.activityRecognizer?.reset();
    if (!this.frame) return;
    const { firstSampleTimeUs } = this.frame;
    if (answer) this.emitAnswer(answer, firstSampleTimeUs);
    if (activity) this.emitActivity(activity, firstSampleTimeUs, firstSampleTimeUs);
  }

  /** Answers the windows that the frame at hand completed, in the order of their completion. */
  private async recognize(stretch: Stretch): Promise<number> {
    const windows = this.windows;
    this.windows = [];
    let answers = 0;
    const failures: unknown[] = [];
    for (const pending of windows) {
      try {
        if (pending.kind === 'identity') answers += await this.recognizeWearer(stretch, pending.window);
        else answers += await this.recognizeActivity(stretch, pending.window);
      } catch (error) {
        // Either model may fail without the other.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return answers;
  }

  private async recognizeWearer({ clock }: Stretch, window: IdentityWindow): Promise<number> {
    const { recognizer } = this.options;
    if (!recognizer) return 0;
    const windowEndUs = clock.timeUs(window.rPeaks[2] + beatLength - beatLead);
    this.emitAnswer(await recognizer.update(window, windowEndUs, this.dateOf(windowEndUs)), windowEndUs);
    return 1;
  }

  private async recognizeActivity({ clock, usable }: Stretch, { samples, end }: ActivityWindow): Promise<number> {
    const { activityRecognizer } = this.options;
    if (!activityRecognizer) return 0;
    const { length, hop } = activityRecognizer;
    const answer = await activityRecognizer.update(samples, usable.share(end, length));
    const averaged = Math.max(1, answer.windows ?? 1);
    const start = end + 1 - length - (averaged - 1) * hop;
    this.emitActivity(answer, clock.timeUs(start), clock.timeUs(end + 1));
    return 1;
  }

  private emitActivity(answer: ActivityAnswer, windowStartUs: number, windowEndUs: number): void {
    this.options.emit({ kind: 'activity', body: { ...this.common(), windowStartUs, windowEndUs, ...answer } });
  }

  /** A time of the stream as a date; now, where the device says that its clock was never set. */
  private dateOf(timeUs: number): Date {
    return this.frame && this.frame.flags & FLAG_CLOCK_UNSYNCHRONISED ? new Date() : new Date(timeUs / 1000);
  }

  private beat(beat: Beat): void {
    const { clock } = this.stretch!;
    this.beats++;
    const body = {
      ...this.common(),
      rTimeUs: clock.timeUs(beat.rPeak),
      sampleIndex: this.samplesBefore + beat.rPeak,
      rrMs: beat.rr > 0 ? (beat.rr * 1000) / sampleRate : null,
      heartRate: this.heartRate.update(beat.rr),
      quality: beat.quality,
    };
    this.options.emit({ kind: 'beat', body });
  }

  private quality({ sqi, reasons, end }: SignalQuality): void {
    const windowEndUs = this.stretch!.clock.timeUs(end);
    this.options.emit({ kind: 'quality', body: { ...this.common(), windowEndUs, sqi, reasons: [...reasons] } });
  }

  private common() {
    return {
      device: this.options.device,
      streamId: this.frame?.streamId ?? 0,
      sequence: this.frame?.sequence ?? 0,
      ...(this.frame && this.frame.flags & FLAG_CLOCK_UNSYNCHRONISED ? { clockUnsynchronised: true as const } : {}),
    };
  }
}

/** Samples of a frame's rate, counted in those of the signal path. */
function pathSamples(count: number, { rateMilliHertz }: Frame): number {
  return Math.round((count * sampleRate * 1000) / rateMilliHertz);
}
