/**
 * Brings the frames of one device back into order and says what is missing. QoS 1 may deliver a frame again, a device
 * that stores and forwards may send late, and a reboot begins a new stream; time is told by the frames themselves, so
 * whatever is missing leaves a hole and never shifts what follows.
 */
import { FLAG_RESTART, type Frame, frameEndTimeUs } from '../frame/frame.js';
import { FrameHistory } from './frame-history.js';
import { StreamTrackerError } from './stream-tracker-error.js';

export interface StreamTrackerOptions {
  /** How many frames are held back while an earlier one is missing; with one more it is given up. Default 4. */
  readonly reorderFrames?: number;
  /** It is given up, too, once a held frame begins this long after the missing one was due. Default 1,000,000 µs. */
  readonly reorderUs?: number;
  /** How far a frame may begin from where the one before it ended without being called a gap. Default 20,000 µs. */
  readonly timeToleranceUs?: number;
}

/** What is missing between two delivered frames. */
export interface SignalGap {
  /** Frames given up, by their sequence numbers; 0 where the device itself paused or its clock was set. */
  readonly lostFrames: number;
  /** Missing samples of each channel, by the frames' times; never negative. */
  readonly samples: number;
  /** From the end of the frame before to the beginning of this one; negative where the device's clock was set back. */
  readonly seconds: number;
}

export type TrackerEvent =
  /** The device started anew: nothing before is continued by what follows. The first stream is not announced. */
  | { readonly kind: 'restart'; readonly streamId: number }
  /** The next frame in order. With `gapBefore` it does not continue the one before: reset what filters the signal. */
  | { readonly kind: 'frame'; readonly frame: Frame; readonly gapBefore?: SignalGap };

/** `received = delivered + repeated + late + corrupt + frames held back`, always. */
export interface StreamCounters {
  /** Everything that arrived, corrupt frames too. */
  readonly received: number;
  readonly delivered: number;
  /** Sequence numbers given up. */
  readonly lost: number;
  /** Copies of frames that were delivered already, dropped. */
  readonly repeated: number;
  /** Frames delivered although a later one had arrived before. */
  readonly reordered: number;
  /** Frames that came after they had been given up, or after their stream had ended, dropped. */
  readonly late: number;
  readonly corrupt: number;
  readonly restarts: number;
}

interface Stream {
  readonly id: number;
  readonly rateMilliHertz: number;
  readonly channels: number;
  /** Sequence number from which on frames are wanted; earlier ones are late. */
  readonly first: number;
  /** Sequence number of the frame that is due. */
  next: number;
  /** Highest sequence number seen. */
  highest: number;
  /** End of the last delivered frame, µs; undefined before the first. */
  dueUs: number | undefined;
}

const RETIRED_STREAMS = 8;

const zeroCounters = {
  received: 0,
  delivered: 0,
  lost: 0,
  repeated: 0,
  reordered: 0,
  late: 0,
  corrupt: 0,
  restarts: 0,
};

/**
 * One per device. Frames go in as they arrive, events come out in order.
 *
 * A stream begins with sequence 0. One that is first seen at a sequence up to `reorderFrames` waits for those before it;
 * one first seen later was joined while it ran, and nothing before counts as lost. A stream ends with a new stream id; with
 * the restart flag; with another rate or channel count; or when an old sequence number comes with a new time, which is a
 * device that restarted without saying so.
 */
export class StreamTracker {
  readonly #reorderFrames: number;
  readonly #reorderUs: number;
  readonly #timeToleranceUs: number;
  readonly #history = new FrameHistory();
  #counters = { ...zeroCounters };
  #stream: Stream | undefined;
  /** Frames that came before their turn, by sequence. */
  #held: Frame[] = [];
  /** Ids of streams that have ended, the latest last. */
  #retired: number[] = [];

  /** @throws StreamTrackerError for an option that is negative or no number. */
  constructor(options: StreamTrackerOptions = {}) {
    this.#reorderFrames = option('reorderFrames', options.reorderFrames ?? 4);
    this.#reorderUs = option('reorderUs', options.reorderUs ?? 1_000_000);
    this.#timeToleranceUs = option('timeToleranceUs', options.timeToleranceUs ?? 20_000);
  }

  /** A copy of the counters. */
  get counters(): StreamCounters {
    return { ...this.#counters };
  }

  /** Frames held back until an earlier one comes or is given up. */
  get held(): number {
    return this.#held.length;
  }

  /** Forgets the stream and sets the counters to zero. */
  reset(): void {
    this.#counters = { ...zeroCounters };
    this.#stream = undefined;
    this.#held = [];
    this.#retired = [];
    this.#history.clear();
  }

  /** Counts a frame that could not be decoded. It will show as lost, too, once its successors arrive. */
  reportCorrupt(): void {
    this.#counters.received++;
    this.#counters.corrupt++;
  }

  /** @returns the events that this frame makes due: none, one, or several where it closes a hole. */
  push(frame: Frame): TrackerEvent[] {
    this.#counters.received++;
    const events: TrackerEvent[] = [];
    const stream = this.#stream;
    if (stream === undefined) {
      this.#begin(frame);
    } else if (this.#isLeftover(frame, stream)) {
      this.#counters.late++;
      return events;
    } else if (this.#startsAnew(frame, stream)) {
      this.#release(events);
      this.#retired = [...this.#retired, stream.id].filter((id) => id !== frame.streamId).slice(-RETIRED_STREAMS);
      this.#counters.restarts++;
      this.#begin(frame);
      events.push({ kind: 'restart', streamId: frame.streamId });
    }
    this.#take(frame, events);
    return events;
  }

  /** Gives up whatever is missing and delivers the held frames: for a stream that has fallen silent or ended. */
  flush(): TrackerEvent[] {
    const events: TrackerEvent[] = [];
    this.#release(events);
    return events;
  }

  #begin(frame: Frame): void {
    const waits = frame.sequence <= this.#reorderFrames && !(frame.flags & FLAG_RESTART);
    const first = waits ? 0 : frame.sequence;
    this.#history.clear();
    this.#stream = {
      id: frame.streamId,
      rateMilliHertz: frame.rateMilliHertz,
      channels: frame.channels,
      first,
      next: first,
      highest: frame.sequence,
      dueUs: undefined,
    };
  }

  /** A frame of a stream that has ended. A stream id may come back only with the restart flag and a later time. */
  #isLeftover(frame: Frame, stream: Stream): boolean {
    if (frame.streamId === stream.id || !this.#retired.includes(frame.streamId)) return false;
    return !(frame.flags & FLAG_RESTART) || frame.firstSampleTimeUs < (stream.dueUs ?? 0);
  }

  #startsAnew(frame: Frame, stream: Stream): boolean {
    if (frame.streamId !== stream.id) return true;
    if (frame.rateMilliHertz !== stream.rateMilliHertz || frame.channels !== stream.channels) return true;
    const { sequence, firstSampleTimeUs } = frame;
    if (distance(stream.next, sequence) >= 0) return (frame.flags & FLAG_RESTART) !== 0 && sequence !== stream.next;
    const fate = this.#history.fate(sequence);
    if (fate === 'delivered' && this.#history.timeUs(sequence) === firstSampleTimeUs) return false;
    if (fate === 'lost') return false;
    return (frame.flags & FLAG_RESTART) !== 0 || firstSampleTimeUs >= (stream.dueUs ?? Number.POSITIVE_INFINITY);
  }

  #take(frame: Frame, events: TrackerEvent[]): void {
    const stream = this.#stream!;
    const ahead = distance(stream.next, frame.sequence);
    if (ahead < 0) {
      const late = this.#history.fate(frame.sequence) === 'lost' || distance(stream.first, frame.sequence) < 0;
      if (late) this.#counters.late++;
      else this.#counters.repeated++;
      return;
    }
    const place = this.#held.findIndex((held) => distance(held.sequence, frame.sequence) <= 0);
    if (place >= 0 && this.#held[place]!.sequence === frame.sequence) {
      this.#counters.repeated++;
      return;
    }
    if (distance(stream.highest, frame.sequence) < 0) this.#counters.reordered++;
    else stream.highest = frame.sequence;
    this.#held.splice(place < 0 ? this.#held.length : place, 0, frame);
    this.#deliverDue(events);
    while (this.#waitsTooLong()) {
      this.#giveUpMissing(events);
    }
  }

  /** Delivers held frames for as long as each is the one that is due. */
  #deliverDue(events: TrackerEvent[]): void {
    while (this.#held[0]?.sequence === this.#stream!.next) this.#deliver(this.#held.shift()!, 0, events);
  }

  #waitsTooLong(): boolean {
    const newest = this.#held.at(-1);
    if (newest === undefined) return false;
    const { dueUs } = this.#stream!;
    if (dueUs !== undefined && newest.firstSampleTimeUs - dueUs > this.#reorderUs) return true;
    return this.#held.length > this.#reorderFrames;
  }

  /** Gives up the frames before the first held one, then delivers it and those that follow on. */
  #giveUpMissing(events: TrackerEvent[]): void {
    const frame = this.#held.shift()!;
    const lost = distance(this.#stream!.next, frame.sequence);
    this.#counters.lost += lost;
    this.#history.lost((frame.sequence - 1) >>> 0, lost);
    this.#deliver(frame, lost, events);
    this.#deliverDue(events);
  }

  #release(events: TrackerEvent[]): void {
    while (this.#held.length > 0) this.#giveUpMissing(events);
  }

  #deliver(frame: Frame, lostFrames: number, events: TrackerEvent[]): void {
    const stream = this.#stream!;
    const gapBefore = this.#gapBefore(frame, lostFrames, stream.dueUs);
    stream.next = (frame.sequence + 1) >>> 0;
    stream.dueUs = frameEndTimeUs(frame);
    this.#history.delivered(frame.sequence, frame.firstSampleTimeUs);
    this.#counters.delivered++;
    events.push(gapBefore === undefined ? { kind: 'frame', frame } : { kind: 'frame', frame, gapBefore });
  }

  #gapBefore(frame: Frame, lostFrames: number, dueUs: number | undefined): SignalGap | undefined {
    if (dueUs === undefined) return undefined;
    const missingUs = frame.firstSampleTimeUs - dueUs;
    if (lostFrames === 0 && Math.abs(missingUs) <= this.#timeToleranceUs) return undefined;
    const samples = Math.max(0, Math.round((missingUs * frame.rateMilliHertz) / 1e9));
    return { lostFrames, samples, seconds: missingUs / 1e6 };
  }
}

/** How far `to` lies ahead of `from`; sequence numbers wrap around at 2³². */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}

function option(name: string, value: number): number {
  if (value >= 0) return value;
  throw new StreamTrackerError(`${name} is ${value}`, 'Give a number that is not negative, or leave it out.');
}
