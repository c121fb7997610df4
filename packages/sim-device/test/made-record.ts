/** Small recordings for tests. */
import type { Annotation, EcgRecord, Gap } from '@edgebeat/ecg';

/** A record of one ECG channel whose samples count 0, 1, 2, … µV, and whatever else is asked for. */
export function countingRecord(length: number, rate: number, change: Partial<EcgRecord> = {}): EcgRecord {
  const samples = Float32Array.from({ length }, (_, i) => i / 1000);
  return {
    name: 'counting',
    format: 'csv',
    channels: [{ name: 'ECG', units: 'mV', rate, samples }],
    gaps: [],
    comments: [],
    labels: {},
    ...change,
  };
}

export const gap = (beforeSample: number, seconds: number): Gap => ({ beforeSample, seconds });

export const annotation = (sample: number, symbol = 'N'): Annotation => ({
  sample,
  symbol,
  subtype: 0,
  channel: 0,
  number: 0,
  aux: '',
});
