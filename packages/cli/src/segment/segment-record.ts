/** One record through the signal path: its beats, and their score where there are reference annotations. */
import {
  type Channel,
  countDetections,
  type DetectionCounts,
  type EcgRecord,
  openRecord,
  RecordError,
  type ReferenceBeats,
  readAnnotations,
  referenceBeats,
  type Segment,
  sampleRate,
  segmentChannel,
} from '@edgebeat/ecg';
import { type PlotInput, plotRecord } from './plot.js';

export interface SegmentTask {
  readonly path: string;
  /** Name or 0-based index of the channel; the first ECG by default. */
  readonly channel?: string;
  /** Extension of the annotation file to score against. */
  readonly reference?: string;
  /** Beats before this time (s) are not scored. */
  readonly from: number;
  /** Draw the record; `start` is the time (s) of the first row, the rows with the most errors where it is not given. */
  readonly plot?: { readonly start?: number };
}

export interface SegmentedRecord {
  readonly record: string;
  readonly path: string;
  readonly channel: string;
  readonly seconds: number;
  /** Times of the R peaks in seconds. */
  readonly rPeaks: readonly number[];
  /** Positions of the R peaks in the record's samples. */
  readonly rSamples: readonly number[];
  /** Mean quality of the beats, 0 to 1; null without beats. */
  readonly quality: number | null;
  /** Time that segmentation alone took on one core. */
  readonly elapsedMs: number;
  readonly counts?: DetectionCounts;
  /** The picture that was asked for, SVG. */
  readonly plot?: string;
}

/**
 * @throws RecordError for a recording that cannot be read or has no such channel.
 */
export async function segmentRecord(task: SegmentTask): Promise<SegmentedRecord> {
  const record = await openRecord(task.path);
  const channel = chooseChannel(record, task);
  const started = performance.now();
  const segments = segmentChannel(channel, record.gaps);
  const elapsedMs = performance.now() - started;
  const beats = segments.flatMap(({ firstSample, startSeconds, beats }) =>
    beats.map(({ rPeak, reportedAt, quality }) => ({
      sample: firstSample + Math.round((rPeak * channel.rate) / sampleRate),
      time: startSeconds + rPeak / sampleRate,
      reportedAt: startSeconds + reportedAt / sampleRate,
      quality,
    })),
  );
  const result = {
    record: record.name,
    path: task.path,
    channel: channel.name,
    seconds: segments.reduce((sum, { seconds }) => sum + seconds, 0),
    rPeaks: beats.map(({ time }) => time),
    rSamples: beats.map(({ sample }) => sample),
    quality: beats.length === 0 ? null : beats.reduce((sum, { quality }) => sum + quality, 0) / beats.length,
    elapsedMs,
  };
  const reference =
    task.reference === undefined
      ? undefined
      : referenceBeats(await readAnnotations(task.path, task.reference), record.channels[0]!.rate);
  return {
    ...result,
    ...(reference && { counts: countDetections(reference, beats, task.from) }),
    ...(task.plot && { plot: plotRecord(plotInput(record.name, channel, segments, reference, task.from), task.plot) }),
  };
}

function plotInput(
  record: string,
  { name, rate, samples }: Channel,
  segments: readonly Segment[],
  reference: ReferenceBeats | undefined,
  from: number,
): PlotInput {
  return {
    record,
    channel: name,
    rate,
    from,
    reference,
    stretches: segments.map(({ firstSample, startSeconds, seconds }) => ({
      startSeconds,
      samples: samples.subarray(firstSample, firstSample + Math.round(seconds * rate)),
    })),
    beats: segments.flatMap(({ startSeconds, beats }) => beats.map(({ rPeak }) => startSeconds + rPeak / sampleRate)),
    quality: segments.flatMap(({ startSeconds, quality }) =>
      quality.map(({ end, sqi }) => ({ end: startSeconds + (end + 1) / sampleRate, sqi })),
    ),
  };
}

function chooseChannel(record: EcgRecord, { channel, path }: SegmentTask): Channel {
  const names = record.channels.map(({ name }) => name);
  if (channel === undefined) {
    const ecg = record.channels.find(({ units }) => units === 'mV');
    if (ecg) return ecg;
    throw new RecordError(path, 'channels', `none is in mV: ${names.join(', ')}`, 'Choose one with --channel.');
  }
  const chosen = record.channels.find(({ name }, index) => name === channel || String(index) === channel);
  if (chosen) return chosen;
  throw new RecordError(path, 'channels', `there is no '${channel}'`, `Choose one of ${names.join(', ')}.`);
}
