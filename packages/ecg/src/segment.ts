/** Runs a whole record through the signal path: what training, evaluation and `edgebeat segment` need. */
import type { ActivityWindow } from './beats/activity-windows.js';
import type { Beat } from './beats/beat.js';
import type { IdentityWindow } from './beats/identity-windows.js';
import type { SignalQuality } from './quality/window-quality.js';
import type { Channel, Gap } from './records/record.js';
import { SignalPath, type SignalPathOptions } from './signal-path.js';

/** A stretch of a record without a gap in it, and what was found there. Positions are at 250 Hz from its beginning. */
export interface Segment {
  /** Index in the record of the first sample of this stretch. */
  readonly firstSample: number;
  /** Seconds from the first sample of the record to the first of this stretch, gaps included. */
  readonly startSeconds: number;
  /** Length of the stretch in seconds. */
  readonly seconds: number;
  readonly beats: readonly Beat[];
  readonly identityWindows: readonly IdentityWindow[];
  readonly activityWindows: readonly ActivityWindow[];
  readonly quality: readonly SignalQuality[];
}

function segmentStretch(samples: Float32Array, options: SignalPathOptions) {
  const beats: Beat[] = [];
  const identityWindows: IdentityWindow[] = [];
  const activityWindows: ActivityWindow[] = [];
  const quality: SignalQuality[] = [];
  const path = new SignalPath(options, {
    beat: (beat) => beats.push(beat),
    identityWindow: (window) => identityWindows.push(window),
    activityWindow: (window) => activityWindows.push(window),
    quality: (second) => quality.push(second),
  });
  path.updateAll(samples);
  path.flush();
  return { beats, identityWindows, activityWindows, quality };
}

/**
 * @param channel samples in mV.
 * @param gaps of the record; the path starts anew after each.
 * @param options windows to cut; the rate is the channel's.
 * @throws RateError when the channel's rate is outside 60–4,000 Hz.
 */
export function segmentChannel(
  channel: Channel,
  gaps: readonly Gap[] = [],
  options: Omit<SignalPathOptions, 'milliHertz'> = {},
): Segment[] {
  const pathOptions = { ...options, milliHertz: Math.round(channel.rate * 1000) };
  const segments: Segment[] = [];
  let from = 0;
  let missingSeconds = 0;
  for (const gap of [...gaps, { beforeSample: channel.samples.length, seconds: 0 }]) {
    if (gap.beforeSample > from) {
      const samples = channel.samples.subarray(from, gap.beforeSample);
      segments.push({
        firstSample: from,
        startSeconds: from / channel.rate + missingSeconds,
        seconds: samples.length / channel.rate,
        ...segmentStretch(samples, pathOptions),
      });
    }
    from = gap.beforeSample;
    missingSeconds += gap.seconds;
  }
  return segments;
}
