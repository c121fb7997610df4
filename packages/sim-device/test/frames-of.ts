/** Reads frames as a receiver would. */
import { decodeFrame, type Frame, type SignalGap, type StreamCounters, StreamTracker } from '@edgebeat/wire';

/** Frames in order, the gaps before them, and the counters of the tracker that put them in order. */
export function track(payloads: readonly Uint8Array[]): {
  frames: Frame[];
  gaps: SignalGap[];
  counters: StreamCounters;
} {
  const tracker = new StreamTracker();
  const events = payloads.flatMap((bytes) => {
    try {
      return tracker.push(decodeFrame(bytes));
    } catch {
      tracker.reportCorrupt();
      return [];
    }
  });
  events.push(...tracker.flush());
  const delivered = events.flatMap((event) => (event.kind === 'frame' ? [event] : []));
  return {
    frames: delivered.map(({ frame }) => frame),
    gaps: delivered.flatMap(({ gapBefore }) => gapBefore ?? []),
    counters: tracker.counters,
  };
}
