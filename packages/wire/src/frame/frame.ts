/** A frame: a short stretch of ECG as a watch sends it, and what its fields mean in time and in millivolts. */
import { FrameError } from './frame-error.js';

const f = Math.fround;

/** No electrode contact during some of the frame: the samples are not a heart. */
export const FLAG_LEAD_OFF = 1;
/** The device's clock was never set, or is not trusted: times are consistent within the stream only. */
export const FLAG_CLOCK_UNSYNCHRONISED = 2;
/** First frame after a start of the device: the sequence begins anew at 0. */
export const FLAG_RESTART = 4;

/** One frame, decoded. Flag bits that this version does not name are kept, and mean nothing. */
export interface Frame {
  /** Bits: `FLAG_LEAD_OFF`, `FLAG_CLOCK_UNSYNCHRONISED`, `FLAG_RESTART`. */
  readonly flags: number;
  /** Drawn at random when the device boots; u32. */
  readonly streamId: number;
  /** Counts the frames of a stream from 0; u32, wraps around. */
  readonly sequence: number;
  /** When the first sample was taken: µs since 1970 (since boot where the clock is unsynchronised); a safe integer. */
  readonly firstSampleTimeUs: number;
  /** Samples per 1,000 seconds, of each channel; 1 … 2³²−1. 250 Hz is 250,000. */
  readonly rateMilliHertz: number;
  /** Nanovolts of one least significant bit; 1 … 2³²−1. */
  readonly scaleNanovolts: number;
  /** 1 … 255. */
  readonly channels: number;
  /** `[count, channels]`, 1 … 65,535 instants, interleaved by channel. */
  readonly samples: Int16Array;
}

/** Instants in a frame: its samples of one channel. */
export function sampleCount(frame: Frame): number {
  return frame.samples.length / frame.channels;
}

/**
 * When a sample was taken, by the frame's own first-sample time: nothing that was lost before can shift it.
 *
 * @param index 0 is the frame's first instant; the count gives the end of the frame.
 * @returns µs, rounded to an integer.
 */
export function sampleTimeUs(frame: Frame, index: number): number {
  return frame.firstSampleTimeUs + Math.round((index * 1e9) / frame.rateMilliHertz);
}

/** When the frame ends, µs: the time at which the first sample of the next one is due. */
export function frameEndTimeUs(frame: Frame): number {
  return sampleTimeUs(frame, sampleCount(frame));
}

/**
 * One channel of a frame in millivolts, float32 with one rounding per operation, as the firmware computes it:
 * `(float)sample * ((float)scale / 1e6f)`.
 *
 * @param channel 0 … channels − 1.
 * @returns a new array `[count]`.
 * @throws FrameError `bad-field` for a channel that the frame does not have.
 */
export function frameMillivolts(frame: Frame, channel = 0): Float32Array {
  const { samples, channels } = frame;
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new FrameError('bad-field', `there is no channel ${channel}`, `Choose a channel from 0 to ${channels - 1}.`);
  }
  const millivoltsPerBit = f(f(frame.scaleNanovolts) / f(1e6));
  const millivolts = new Float32Array(sampleCount(frame));
  for (let i = 0, from = channel; i < millivolts.length; i++, from += channels) {
    millivolts[i] = f(samples[from]! * millivoltsPerBit);
  }
  return millivolts;
}

/**
 * Millivolts as a converter with 16 bits gives them: rounded to the nearest step, clipped to ±32,767 steps.
 *
 * @param millivolts finite values.
 * @param scaleNanovolts nanovolts of one step. 1,000 reaches ±32.7 mV.
 * @returns a new array of the same length.
 */
export function quantizeMillivolts(millivolts: Float32Array, scaleNanovolts: number): Int16Array {
  const stepsPerMillivolt = 1e6 / scaleNanovolts;
  const samples = new Int16Array(millivolts.length);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.max(-32767, Math.min(32767, Math.round(millivolts[i]! * stepsPerMillivolt)));
  }
  return samples;
}
