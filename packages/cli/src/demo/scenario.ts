/** What happens in a demo, and when: who wears which watch, who enrols, who swaps. */
import type { EcgSource } from '@edgebeat/sim-device';

/** Streams go on beyond the end for as long as the last beats need to be reported. */
export const tailSeconds = 1;

/** When things happen, in seconds since the beginning. */
export interface Timeline {
  readonly seconds: number;
  /** Every wearer who enrols does it until here. */
  readonly enrolSeconds: number;
  /** Answers on activity count where all of their windows begin here or later. */
  readonly activityFromSeconds: number;
  /** Two wearers change watches; undefined where nobody does. */
  readonly swap?: Swap;
}

export interface Swap {
  /** Two wearers take their watches off, … */
  readonly offSeconds: number;
  /** … and put on the other one's. */
  readonly onSeconds: number;
}

/** One watch of the demo. */
export interface DemoWatch {
  readonly device: string;
  readonly source: EcgSource;
  /** Whose template is made in the beginning; undefined for the watch of a stranger, whom nobody enrols. */
  readonly enrols?: string;
}

export interface Scenario {
  readonly title: string;
  readonly timeline: Timeline;
  readonly watches: readonly DemoWatch[];
}

/** How long everybody enrols. */
export const enrolSeconds = 18;

/**
 * @param seconds how long the demo lasts, 30 or more.
 * @param pauseSeconds how long the swapped watches lie on the table in between.
 */
export function swapWithin(seconds: number, pauseSeconds: number): Swap {
  const offSeconds = Math.round(Math.max(enrolSeconds + 4, 0.6 * seconds));
  return { offSeconds, onSeconds: offSeconds + pauseSeconds };
}
