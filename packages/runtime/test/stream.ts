/** Frames of a synthetic person, for tests of sessions and gateway. */
import { encodeFrame, FLAG_LEAD_OFF, quantizeMillivolts } from '@edgebeat/wire';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';

export const startUs = 1_700_000_000_000_000;
const rate = 250;
const frameSamples = 50;

export interface StreamOptions {
  readonly seconds: number;
  readonly rr?: number;
  /** Shape of the QRS complex: another person. */
  readonly inverted?: boolean;
  readonly streamId?: number;
  /** Sequence of the first frame; times follow. */
  readonly firstSequence?: number;
  readonly leadOff?: boolean;
  /** White noise over the heart, mV at most. */
  readonly noisy?: number;
  /** A constant instead of a heart: a cable has come off behind the amplifier. */
  readonly flat?: boolean;
  /** Added to the times: the device's clock was set. */
  readonly clockShiftUs?: number;
}

/** @returns encoded frames of 200 ms, and the times of the R peaks in µs. */
export function frames(options: StreamOptions): { payloads: Uint8Array[]; rTimesUs: number[] } {
  const {
    seconds,
    rr = 0.8,
    inverted = false,
    streamId = 7,
    firstSequence = 0,
    leadOff = false,
    noisy = 0,
    flat = false,
    clockShiftUs = 0,
  } = options;
  const { samples, rPeaks } = syntheticEcg({ rate, seconds, rr, amplitude: inverted ? -1 : 1 });
  noise(samples.length, 1).forEach((value, i) => {
    samples[i] = flat ? 0 : samples[i]! + noisy * value;
  });
  const beginUs = startUs + clockShiftUs + (firstSequence * frameSamples * 1e6) / rate;
  const payloads: Uint8Array[] = [];
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    payloads.push(
      encodeFrame({
        flags: leadOff ? FLAG_LEAD_OFF : 0,
        streamId,
        sequence: firstSequence + at / frameSamples,
        firstSampleTimeUs: beginUs + (at * 1e6) / rate,
        rateMilliHertz: rate * 1000,
        scaleNanovolts: 1000,
        channels: 1,
        samples: quantizeMillivolts(samples.subarray(at, at + frameSamples), 1000),
      }),
    );
  }
  return { payloads, rTimesUs: rPeaks.map((time) => Math.round(beginUs + time * 1e6)) };
}
