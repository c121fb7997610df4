/** Real recordings as streams for the signal path, from every data set that is there, as evenly as their lengths allow. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listRecords, openRecord } from '@edgebeat/ecg';
import { BenchError } from '../bench-error.js';
import type { Stream } from './stream.js';
import { readWav } from './wav-samples.js';

export interface RecordedStream {
  readonly path: string;
  readonly dataSet: string;
  readonly seconds: number;
  readonly stream: Stream;
}

/** All kinds of windows; each recording in chunks of its own. */
function everythingOf(index: number): Omit<Stream, 'milliHertz' | 'samples'> {
  return {
    identity: { normalize: index % 2 ? 'min-max' : 'z-score', stride: 1 + (index % 3) },
    activity: { length: 1000, hop: 250 },
    chunkSeed: index,
  };
}

/** How many nanovolts one step of a Hexoskin record stands for is not published; the bits do not mind. */
const hexoskinScale = 5000;

async function openStream(path: string, dataSet: string, index: number): Promise<RecordedStream> {
  if (path.endsWith('.wav')) {
    const { rate, samples } = readWav(await readFile(path), path);
    const stream = { ...everythingOf(index), milliHertz: rate * 1000, samples, scaleNanovolts: hexoskinScale };
    return { path, dataSet, seconds: samples.length / rate, stream };
  }
  const { rate, samples } = (await openRecord(path)).channels[0]!;
  const stream = { ...everythingOf(index), milliHertz: Math.round(rate * 1000), samples };
  return { path, dataSet, seconds: samples.length / rate, stream };
}

async function pathsOf(folder: string): Promise<string[]> {
  if (!folder.endsWith('hexoskin')) return listRecords(folder);
  const wearers = (await readdir(folder)).sort();
  return wearers.map((wearer) => join(folder, wearer, 'ECG_I.wav')).filter((path) => existsSync(path));
}

/** Data sets that are looked for. */
export const bitDataSets = ['mitdb', 'ecg-id', 'heartprint', 'kalouskova', 'hexoskin', 'ptbdb'] as const;

/**
 * Recordings until there are so many hours: the next one always from the data set that gave least so far.
 *
 * @param root folder with one folder per data set; those that are missing are left out.
 * @throws BenchError where there are not that many hours.
 */
export async function* recordedStreams(root: string, hours: number): AsyncGenerator<RecordedStream> {
  const present = bitDataSets.filter((name) => existsSync(join(root, name)));
  const sources = await Promise.all(
    present.map(async (name) => ({ name, paths: await pathsOf(join(root, name)), next: 0, seconds: 0 })),
  );
  let seconds = 0;
  for (let index = 1; seconds < hours * 3600; index++) {
    const left = sources.filter(({ paths, next }) => next < paths.length);
    const source = left.sort((a, b) => a.seconds - b.seconds)[0];
    if (!source) {
      const problem = `the recordings in ${root} are ${(seconds / 3600).toFixed(1)} hours, fewer than ${hours}`;
      throw new BenchError(problem, 'ask for fewer, or unpack more of them');
    }
    const recorded = await openStream(source.paths[source.next++]!, source.name, index);
    source.seconds += recorded.seconds;
    seconds += recorded.seconds;
    yield recorded;
  }
}
