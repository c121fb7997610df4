/** The product's own detector, as everything else in edgebeat runs it: through the whole signal path. */
import { sampleRate, segmentChannel } from '@edgebeat/ecg';
import type { BeatDetector } from './beat-detector.js';

export const edgebeat: BeatDetector = {
  name: 'edgebeat',
  source: 'packages/ecg',
  causal: true,
  detect(samples, rate) {
    const [segment] = segmentChannel({ name: 'ECG', units: 'mV', rate, samples });
    const beats = segment?.beats ?? [];
    return {
      rPeaks: beats.map(({ rPeak }) => rPeak / sampleRate),
      reportedAt: beats.map(({ reportedAt }) => reportedAt / sampleRate),
    };
  },
};
