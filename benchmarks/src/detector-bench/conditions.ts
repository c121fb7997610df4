/** Under which circumstances detectors are compared: recordings, and noise added to them. */

import type { NoiseMeasure } from '@edgebeat/ecg';

export type NoiseKind = 'em' | 'ma' | 'bw';

export interface Condition {
  /** As it is called in reports. */
  readonly name: string;
  /** Conditions of one group stand in one table. */
  readonly group: string;
  /** Names of the recordings; undefined for every one of mitdb. */
  readonly records?: readonly string[];
  readonly noise?: { readonly kind: NoiseKind; readonly snr: number; readonly measure: NoiseMeasure };
}

const ratios = [12, 6, 0, -6];
const kinds: readonly { kind: NoiseKind; title: string }[] = [
  { kind: 'em', title: 'electrode motion' },
  { kind: 'ma', title: 'muscle' },
  { kind: 'bw', title: 'baseline wander' },
];

const stressed = ['118', '119'];
/** The noise power of `nst` itself is that of single seconds, as in the records of nstdb; `em` is 6.9 dB louder by it. */
const bySeconds = 'The same with the noise power measured by the second, and 118e_6 as published';

/** The condition whose windows are also rejected by quality. */
export const rejectionCondition = 'mitdb-ds1 em 0 dB';
/** The record that nstdb publishes ready-made. */
export const publishedNoisyRecord = '118e_6';

export const conditions: readonly Condition[] = [
  { name: 'mitdb-ds1', group: 'Arrhythmia records, clean' },
  ...ratios.map((snr) => ({
    name: `nst em ${snr} dB`,
    group: 'Noise stress test: 118 and 119 with electrode motion',
    records: stressed,
    noise: { kind: 'em', snr, measure: 'whole' } as const,
  })),
  ...ratios.map((snr) => ({
    name: `nst em ${snr} dB by seconds`,
    group: bySeconds,
    records: stressed,
    noise: { kind: 'em', snr, measure: 'seconds' } as const,
  })),
  { name: `nstdb ${publishedNoisyRecord}`, group: bySeconds, records: [publishedNoisyRecord] },
  ...kinds.flatMap(({ kind, title }) =>
    ratios.map((snr) => ({
      name: `mitdb-ds1 ${kind} ${snr} dB`,
      group: `Every record with ${title}`,
      noise: { kind, snr, measure: 'whole' } as const,
    })),
  ),
];

/** What `--quick` runs: a few records and ratios, not comparable with the full figures. */
export const quickRecords: readonly string[] = ['108', '118', '119', '203', '207'];
export const quickConditions: readonly Condition[] = conditions.filter(
  ({ name }) => name === 'mitdb-ds1' || name.startsWith('nst') || name === rejectionCondition,
);
