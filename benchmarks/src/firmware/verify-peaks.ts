/** Hours of recorded ECG through the firmware's signal path on every target and through packages/ecg. */
import { addStream, type BitTotals, noTotals } from './bit-totals.js';
import { type RecordedStream, recordedStreams } from './recorded-streams.js';
import { referenceResults } from './results.js';
import type { SignalPathProgram } from './signal-path-program.js';
import { compileFor } from './targets.js';

export interface PeaksReport {
  readonly recordings: number;
  readonly hours: number;
  /** Hours of each data set. */
  readonly dataSets: Readonly<Record<string, number>>;
  readonly peaks: readonly BitTotals[];
}

/** A program is started for so many seconds of recordings at a time. */
const BATCH_SECONDS = 1800;

/**
 * @param root folder that holds the recordings
 * @param onDifference is told the first difference of a recording on a target
 * @throws BenchError where a target cannot run, or there are fewer hours of recordings
 */
export async function verifyPeaks(
  root: string,
  hours: number,
  targets: readonly string[],
  onDifference: (text: string) => void,
): Promise<PeaksReport> {
  const programs = new Map<string, SignalPathProgram>();
  const recorded: { dataSet: string; seconds: number }[] = [];
  let peaks = targets.map(noTotals);
  try {
    for (const target of targets) programs.set(target, compileFor(target));
    for await (const batch of batches(root, hours)) {
      peaks = verifyBatch(batch, programs, peaks, onDifference);
      recorded.push(...batch.map(({ dataSet, seconds }) => ({ dataSet, seconds })));
    }
  } finally {
    for (const program of programs.values()) program.remove();
  }
  const secondsOf = (dataSet?: string) =>
    recorded.reduce((sum, one) => sum + (dataSet === undefined || one.dataSet === dataSet ? one.seconds : 0), 0);
  return {
    recordings: recorded.length,
    hours: hoursOf(secondsOf()),
    dataSets: Object.fromEntries(recorded.map(({ dataSet }) => [dataSet, hoursOf(secondsOf(dataSet))])),
    peaks,
  };
}

const hoursOf = (seconds: number) => Number((seconds / 3600).toFixed(3));

async function* batches(root: string, hours: number): AsyncGenerator<RecordedStream[]> {
  let batch: RecordedStream[] = [];
  let seconds = 0;
  for await (const recorded of recordedStreams(root, hours)) {
    batch.push(recorded);
    seconds += recorded.seconds;
    if (seconds >= BATCH_SECONDS) {
      yield batch;
      batch = [];
      seconds = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/** Runs a batch on every target. @returns the totals with it. */
function verifyBatch(
  batch: readonly RecordedStream[],
  programs: ReadonlyMap<string, SignalPathProgram>,
  before: readonly BitTotals[],
  onDifference: (text: string) => void,
): BitTotals[] {
  const norms = batch.map(({ stream }) => referenceResults(stream));
  return before.map((total) => {
    const streams = programs.get(total.target)!.run(batch.map(({ stream }) => stream));
    return batch.reduce((sum, { path }, i) => {
      const { totals, difference } = addStream(sum, norms[i]!, streams[i] ?? []);
      if (difference) onDifference(`${total.target}, ${path}: ${difference}`);
      return totals;
    }, total);
  });
}
