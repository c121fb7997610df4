/** Cuts a channel of a record into stretches without a hole. */
import type { Channel, Gap } from '@edgebeat/ecg';

/** A stretch of a channel in which every sample is there. */
export interface ChannelPiece {
  /** `[n]`, mV. */
  readonly samples: Float32Array;
  /** Index in the channel of the first sample. */
  readonly firstSample: number;
  /** Time of the first sample since the first of the record, gaps included, s. */
  readonly seconds: number;
}

/** Invalid samples for up to this long are bridged by a straight line; longer ones are a gap. */
const BRIDGED_SECONDS = 0.02;

/**
 * @param channel samples in mV, NaN where the file marks them invalid.
 * @param gaps counted in the channel's samples, in order.
 */
export function channelPieces(channel: Channel, gaps: readonly Gap[]): ChannelPiece[] {
  const pieces: ChannelPiece[] = [];
  let from = 0;
  let missingSeconds = 0;
  for (const gap of [...gaps, { beforeSample: Number.POSITIVE_INFINITY, seconds: 0 }]) {
    const to = Math.min(channel.samples.length, gap.beforeSample);
    for (const { start, end } of validRuns(channel, from, to)) {
      const samples = bridge(channel.samples.subarray(start, end));
      pieces.push({ samples, firstSample: start, seconds: start / channel.rate + missingSeconds });
    }
    from = to;
    missingSeconds += gap.seconds;
  }
  return pieces;
}

/** Runs of valid samples; those that are a few samples apart count as one. */
function validRuns({ samples, rate }: Channel, from: number, to: number): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (let i = from; i < to; i++) {
    if (Number.isNaN(samples[i])) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last.end <= BRIDGED_SECONDS * rate) last.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  return runs;
}

/** The samples with straight lines in place of NaN; begins and ends with a valid one. */
function bridge(samples: Float32Array): Float32Array {
  if (!samples.some(Number.isNaN)) return samples;
  const bridged = samples.slice();
  for (let i = 1; i < bridged.length; i++) {
    if (!Number.isNaN(bridged[i])) continue;
    let next = i + 1;
    while (Number.isNaN(bridged[next])) next++;
    bridged[i] = bridged[i - 1]! + (bridged[next]! - bridged[i - 1]!) / (next - i + 1);
  }
  return bridged;
}
