/** Packs what a source gives into frames. */
import { FLAG_CLOCK_UNSYNCHRONISED, FLAG_LEAD_OFF, FLAG_RESTART, type Frame, quantizeMillivolts } from '@edgebeat/wire';
import type { EcgSource, SourceChunk } from '../source/ecg-source.js';

export interface FramePackerOptions {
  readonly source: EcgSource;
  /** Length of a full frame, s. Shorter ones come before a gap, a change of contact or rate, and at the end. */
  readonly frameSeconds: number;
  readonly scaleNanovolts: number;
  /** Time of the source's beginning, µs since 1970. */
  readonly startTimeUs: number;
  /** Whether the device says that its clock was never set. */
  readonly clockUnsynchronised: boolean;
  /** Draws the id of a new stream: at the start, and again where the rate changes. */
  readonly drawStreamId: () => number;
}

/** A frame, and what the source knows of it. */
export interface PackedFrame {
  readonly frame: Frame;
  /** End of the frame since the source began, s. */
  readonly endSeconds: number;
  /** True R peaks in the frame, µs; undefined where the source does not know them. */
  readonly beatsUs: readonly number[] | undefined;
}

export class FramePacker {
  readonly #options: FramePackerOptions;
  #streamId: number;
  #rate = 0;
  #sequence = 0;
  /** A chunk that belongs to the next frame. */
  #next: SourceChunk | undefined;

  constructor(options: FramePackerOptions) {
    this.#options = options;
    this.#streamId = options.drawStreamId();
  }

  /** Id of the stream that is being sent. */
  get streamId(): number {
    return this.#streamId;
  }

  /** @returns undefined when the source has ended. */
  next(): PackedFrame | undefined {
    const first = this.#take(undefined);
    if (first === undefined) return undefined;
    const chunks = [first];
    const wanted = this.#samplesPerFrame(first.rate);
    let count = first.samples.length;
    while (count < wanted) {
      const chunk = this.#take(wanted - count);
      if (chunk === undefined) break;
      if (!continues(chunks.at(-1)!, chunk)) {
        this.#next = chunk;
        break;
      }
      chunks.push(chunk);
      count += chunk.samples.length;
    }
    return this.#pack(chunks, count);
  }

  /** The chunk that was put by, or else a new one, of at most `count` samples where that is known. */
  #take(count: number | undefined): SourceChunk | undefined {
    const chunk = this.#next;
    if (chunk === undefined) return this.#options.source.read(count ?? this.#startCount());
    this.#next = undefined;
    return chunk;
  }

  /** Samples to begin a frame with: the first one of all only tells the rate. */
  #startCount(): number {
    return this.#rate === 0 ? 1 : this.#samplesPerFrame(this.#rate);
  }

  #samplesPerFrame(rate: number): number {
    return Math.max(1, Math.round(this.#options.frameSeconds * rate));
  }

  #pack(chunks: readonly SourceChunk[], count: number): PackedFrame {
    const { scaleNanovolts, startTimeUs, clockUnsynchronised } = this.#options;
    const { rate, seconds, leadOff } = chunks[0]!;
    const millivolts = new Float32Array(count);
    let at = 0;
    for (const { samples } of chunks) {
      millivolts.set(samples, at);
      at += samples.length;
    }
    const restart = rate !== this.#rate;
    if (restart) {
      if (this.#rate !== 0) this.#streamId = this.#options.drawStreamId();
      this.#sequence = 0;
      this.#rate = rate;
    }
    const frame: Frame = {
      flags:
        (leadOff ? FLAG_LEAD_OFF : 0) |
        (clockUnsynchronised ? FLAG_CLOCK_UNSYNCHRONISED : 0) |
        (restart ? FLAG_RESTART : 0),
      streamId: this.#streamId,
      sequence: this.#sequence,
      firstSampleTimeUs: startTimeUs + Math.round(seconds * 1e6),
      rateMilliHertz: Math.round(rate * 1000),
      scaleNanovolts,
      channels: 1,
      samples: quantizeMillivolts(millivolts, scaleNanovolts),
    };
    this.#sequence = (this.#sequence + 1) >>> 0;
    const known = chunks.every(({ beats }) => beats !== undefined);
    const beats = chunks.flatMap(({ beats }) => beats ?? []);
    return {
      frame,
      endSeconds: seconds + count / rate,
      beatsUs: known ? beats.map((beat) => startTimeUs + Math.round(beat.seconds * 1e6)) : undefined,
    };
  }
}

/** Whether a chunk follows on another without a gap, at the same rate and contact. */
function continues(before: SourceChunk, after: SourceChunk): boolean {
  if (before.rate !== after.rate || before.leadOff !== after.leadOff) return false;
  const dueSeconds = before.seconds + before.samples.length / before.rate;
  return Math.abs(after.seconds - dueSeconds) < 0.5 / before.rate;
}
