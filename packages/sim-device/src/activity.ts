/**
 * What a wearer may be doing, and what it does to the heart and to the electrodes. The five activities are those of the
 * Kalouskova wearable recordings. Heart rates and their variability are set so that they fall among the R-peak series of the
 * Glasgow University database (sitting, walking, jogging; Howell and Porr 2018); what moving electrodes and muscles add, so
 * that four bands of the noise (0.5–2–5–15–40 Hz, relative to the QRS complex), kurtosis and cadence lie among those of the
 * 150 recordings of Kalouskova. Values are those of a middling wearing: `src/noise` spreads them over persons and electrodes.
 */

export const activities = ['rest', 'arms', 'walking', 'running', 'squats'] as const;

export type Activity = (typeof activities)[number];

/** How the heart and the electrodes behave in an activity. Voltages in mV before any scaling by the noise level. */
export interface ActivityProfile {
  /** Share of the heart-rate reserve (resting to maximum) that is used once the heart has settled. */
  readonly effort: number;
  /** Breaths per minute. */
  readonly breathsPerMinute: number;
  /** Standard deviations of ln RR: Mayer waves near 0.1 Hz, breathing, slow drift. */
  readonly variability: { readonly mayer: number; readonly breathing: number; readonly drift: number };
  /** Root mean square of muscle noise. */
  readonly muscle: number;
  /**
   * Movement of the electrodes with every step or repetition: rate in Hz (0 for none), its standard deviation over people (of
   * the logarithm), and root mean square.
   */
  readonly cadence: { readonly hertz: number; readonly spread: number; readonly rms: number };
  /** Movement of the electrodes that keeps no time: root mean square. */
  readonly fidgeting: number;
  /** Sudden shifts of the electrodes: how many a second, and how large they typically are. */
  readonly shifts: { readonly perSecond: number; readonly size: number };
  /** Baseline wander: amplitude with breathing, and root mean square of the electrode's slow drift. */
  readonly wander: { readonly breathing: number; readonly drift: number };
}

export const activityProfiles: Readonly<Record<Activity, ActivityProfile>> = {
  rest: {
    effort: 0.03,
    breathsPerMinute: 14,
    variability: { mayer: 0.03, breathing: 0.03, drift: 0.05 },
    muscle: 0.012,
    cadence: { hertz: 0, spread: 0, rms: 0 },
    fidgeting: 0.012,
    shifts: { perSecond: 0.01, size: 0.12 },
    wander: { breathing: 0.04, drift: 0.03 },
  },
  arms: {
    effort: 0.12,
    breathsPerMinute: 17,
    variability: { mayer: 0.03, breathing: 0.022, drift: 0.05 },
    muscle: 0.055,
    cadence: { hertz: 0.7, spread: 0.15, rms: 0.08 },
    fidgeting: 0.03,
    shifts: { perSecond: 0.12, size: 0.2 },
    wander: { breathing: 0.05, drift: 0.07 },
  },
  walking: {
    effort: 0.2,
    breathsPerMinute: 19,
    variability: { mayer: 0.025, breathing: 0.018, drift: 0.05 },
    muscle: 0.022,
    cadence: { hertz: 1.85, spread: 0.06, rms: 0.1 },
    fidgeting: 0.035,
    shifts: { perSecond: 0.1, size: 0.18 },
    wander: { breathing: 0.06, drift: 0.06 },
  },
  running: {
    effort: 0.5,
    breathsPerMinute: 32,
    variability: { mayer: 0.01, breathing: 0.01, drift: 0.04 },
    muscle: 0.055,
    cadence: { hertz: 2.6, spread: 0.05, rms: 0.15 },
    fidgeting: 0.08,
    shifts: { perSecond: 0.25, size: 0.28 },
    wander: { breathing: 0.1, drift: 0.12 },
  },
  squats: {
    effort: 0.45,
    breathsPerMinute: 26,
    variability: { mayer: 0.018, breathing: 0.012, drift: 0.05 },
    muscle: 0.045,
    cadence: { hertz: 0.42, spread: 0.12, rms: 0.1 },
    fidgeting: 0.08,
    shifts: { perSecond: 0.18, size: 0.25 },
    wander: { breathing: 0.08, drift: 0.1 },
  },
};
