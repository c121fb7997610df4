/** Every detector on one recording, under each condition that takes it. */
import {
  addNoise,
  countDetections,
  type DetectionCounts,
  type Episode,
  noiseGainFor,
  noiseStressTest,
  type ReferenceBeats,
  type SampledSignal,
  sampleRate,
  segmentChannel,
} from '@edgebeat/ecg';
import { detectors } from '../detectors/index.js';
import { type Condition, rejectionCondition } from './conditions.js';
import { openNoise, openScored, type ScoredRecording } from './recordings.js';

/** EC57 leaves the first five minutes out; the noise stress test's noise begins there. */
export const scoredFrom = 300;
/** Length of the windows that are rejected by their quality, in seconds. */
const rejectionWindow = 10;

export interface ScoreTask {
  readonly kind: 'score';
  readonly path: string;
  readonly root: string;
  readonly conditions: readonly Condition[];
}

/** What one detector made of one recording under one condition. */
export interface RecordScore {
  readonly detector: string;
  readonly condition: string;
  readonly counts: DetectionCounts;
  readonly seconds: number;
  readonly elapsedMs: number;
}

/** A window of the recording, with what our own detector made of it. */
export interface QualityWindow extends Episode {
  /** Mean of the signal quality of its seconds. */
  readonly sqi: number;
}

/** What is needed to score our own detector again when windows have been rejected. */
export interface RejectableRecord {
  readonly reference: ReferenceBeats;
  readonly detected: readonly { readonly time: number; readonly reportedAt: number }[];
  readonly windows: readonly QualityWindow[];
}

export interface ScoredRecord {
  readonly scores: readonly RecordScore[];
  readonly rejectable: readonly RejectableRecord[];
}

export async function scoreRecord({ path, root, conditions }: ScoreTask): Promise<ScoredRecord> {
  const recording = await openScored(path);
  const scores: RecordScore[] = [];
  const rejectable: RejectableRecord[] = [];
  for (const condition of conditions) {
    const samples = await withNoise(recording, condition, root);
    for (const detector of detectors) {
      const started = performance.now();
      const { rPeaks, reportedAt } = detector.detect(samples, recording.rate);
      const elapsedMs = performance.now() - started;
      const detected = rPeaks.map((time, i) => ({ time, reportedAt: reportedAt?.[i] ?? Number.NaN }));
      scores.push({
        detector: detector.name,
        condition: condition.name,
        counts: countDetections(recording.reference, detected, scoredFrom),
        seconds: samples.length / recording.rate,
        elapsedMs,
      });
    }
    if (condition.name === rejectionCondition) rejectable.push(rate({ samples, rate: recording.rate }, recording));
  }
  return { scores, rejectable };
}

async function withNoise(recording: ScoredRecording, { noise }: Condition, root: string): Promise<Float32Array> {
  if (!noise) return recording.samples;
  const recorded = await openNoise(root, noise.kind);
  const gain = noiseGainFor(recording, recording.normalBeats, recorded, noise.snr, noise.measure);
  const stretches = noiseStressTest(recording.samples.length / recording.rate);
  return addNoise(recording, recorded, { gain, stretches });
}

/** Our own detector once more, for the quality that it publishes. */
function rate({ samples, rate }: SampledSignal, { reference }: ScoredRecording): RejectableRecord {
  const segment = segmentChannel({ name: 'ECG', units: 'mV', rate, samples })[0]!;
  const windows: QualityWindow[] = [];
  for (let from = scoredFrom; from + rejectionWindow <= segment.seconds; from += rejectionWindow) {
    const seconds = segment.quality.filter(({ end }) => {
      const middle = (end + 1) / sampleRate - 0.5;
      return middle >= from && middle < from + rejectionWindow;
    });
    const sqi = seconds.reduce((sum, second) => sum + second.sqi, 0) / seconds.length;
    windows.push({ from, to: from + rejectionWindow, sqi });
  }
  const detected = segment.beats.map((beat) => ({
    time: beat.rPeak / sampleRate,
    reportedAt: beat.reportedAt / sampleRate,
  }));
  return { reference, detected, windows };
}
