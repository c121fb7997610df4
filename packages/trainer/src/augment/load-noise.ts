/** The noise recordings of the MIT-BIH Noise Stress Test Database (Moody, Muldrow and Mark, 1984; PhysioNet, nstdb 1.0.0). */
import { join } from 'node:path';
import { bandSignal, openRecord } from '@edgebeat/ecg';
import { findDataSet, namesIn, type Publication } from '../datasets/data-set.js';
import { type RecordPart, requirePart, wholeRecord } from '../datasets/record-part.js';

export const noiseStressPublication: Publication = {
  name: 'nstdb',
  title: 'the MIT-BIH Noise Stress Test Database 1.0.0',
  page: 'https://physionet.org/content/nstdb/1.0.0/',
  folders: ['mit-bih-noise-stress-test-database-1.0.0'],
  layout: 'bw.hea',
  subjects: 2,
  records: 15,
};

/** Baseline wander, electrode motion, muscle artefact. */
export const noiseNames = ['bw', 'em', 'ma'] as const;
export type NoiseName = (typeof noiseNames)[number];

/** The half of each noise recording that may train; evaluation takes what follows. */
export const trainingNoisePart: RecordPart = { from: 0, to: 0.5 };

/** Signals of each noise: mV at 250 Hz, 0.5–40 Hz, two channels of half an hour each. */
export type NoiseRecordings = Readonly<Record<NoiseName, readonly Float32Array[]>>;

/**
 * Reads the three noises and sends them through the same causal signal path as any recording.
 *
 * @param dataDir the folder of the database, or the one above it.
 * @param part what is taken of each recording, so that training and a test in noise need not share theirs.
 * @throws DataSetError when they are not there. @throws RecordError for a recording that cannot be read.
 */
export async function loadNoise(dataDir: string, part: RecordPart = wholeRecord): Promise<NoiseRecordings> {
  requirePart(part);
  const folder = await findDataSet(noiseStressPublication, dataDir, async (candidate) => {
    return (await namesIn(candidate, /^(?:bw|em|ma)\.hea$/)).length === noiseNames.length;
  });
  const [bw, em, ma] = await Promise.all(noiseNames.map((name) => channelsOf(join(folder, name), part)));
  return { bw: bw!, em: em!, ma: ma! };
}

async function channelsOf(path: string, { from, to }: RecordPart): Promise<Float32Array[]> {
  const { channels } = await openRecord(path);
  return channels.map(({ samples, rate }) => {
    const signal = bandSignal(samples, Math.round(1000 * rate));
    return signal.slice(Math.round(from * signal.length), Math.round(to * signal.length));
  });
}
