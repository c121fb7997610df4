/** What happens in a demo, and when: who wears which watch, who enrols, who swaps. */
import type { EcgSource } from '@edgebeat/sim-device';

/** Streams go on beyond the end for as long as the last beats need to be reported. */
export const tailSeconds = 1;

/** When things happen, in seconds since the beginning. */
export interface Timeline {
  readonly seconds: number;
  /** Every wearer enrols until here. */
  readonly enrolSeconds: number;
  /** Two wearers take their watches off, … */
  readonly swapSeconds: number;
  /** … and put on the other one's. */
  readonly swappedSeconds: number;
}

/** One watch of the demo. */
export interface DemoWatch {
  readonly device: string;
  readonly source: EcgSource;
  /** Whose template is made in the beginning. */
  readonly firstWearer: string;
}

export interface Scenario {
  readonly title: string;
  readonly timeline: Timeline;
  readonly watches: readonly DemoWatch[];
}

/**
 * @param seconds how long the demo lasts, 30 or more.
 * @param pauseSeconds how long the swapped watches lie on the table in between.
 */
export function timelineOf(seconds: number, pauseSeconds: number): Timeline {
  const enrolSeconds = 18;
  const swapSeconds = Math.round(Math.max(enrolSeconds + 4, 0.6 * seconds));
  return { seconds, enrolSeconds, swapSeconds, swappedSeconds: swapSeconds + pauseSeconds };
}
