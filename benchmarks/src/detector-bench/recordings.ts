/** Recordings as the benchmark needs them: first lead, reference beats, noises. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  normalBeats,
  openRecord,
  type ReferenceBeats,
  readAnnotations,
  referenceBeats,
  type SampledSignal,
} from '@edgebeat/ecg';
import { BenchError } from '../bench-error.js';
import type { NoiseKind } from './conditions.js';

/** The first half of the usual division of the MIT-BIH Arrhythmia Database; one lead, the first. */
export const ds1 = (
  '101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230' as const
).split(' ');

/** Folder of a data set under `root`. @throws BenchError where it is not there. */
export function dataSet(root: string, name: string): string {
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  throw new BenchError(`there is no ${folder}`, `unpack ${name} there; \`edgebeat doctor\` says where it comes from`);
}

export interface ScoredRecording extends SampledSignal {
  readonly reference: ReferenceBeats;
  /** Times of the beats that the size of the signal is measured by, in seconds. */
  readonly normalBeats: readonly number[];
}

/** @throws RecordError where it, or its annotation file `atr`, cannot be read. */
export async function openScored(path: string): Promise<ScoredRecording> {
  const [record, annotations] = await Promise.all([openRecord(path), readAnnotations(path)]);
  const { samples, rate } = record.channels[0]!;
  return {
    samples,
    rate,
    reference: referenceBeats(annotations, rate),
    normalBeats: normalBeats(annotations, rate),
  };
}

/** The first channel of one of nstdb's noises, read once. */
export function openNoise(root: string, kind: NoiseKind): Promise<SampledSignal> {
  let noise = noises.get(kind);
  if (!noise) {
    noise = openRecord(join(dataSet(root, 'nstdb'), kind)).then(({ channels }) => channels[0]!);
    noises.set(kind, noise);
  }
  return noise;
}

const noises = new Map<NoiseKind, Promise<SampledSignal>>();
