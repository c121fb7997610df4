/**
 * Who is it? Of the held-out persons that have enrolled, asked of the float network and of its int8 graph, each with templates of its
 * own: rank 1 of both, and how often both name the same person. It is what top-1 means of a network whose classes are other people.
 *
 * A template is the mean direction of ten windows, spread evenly over a person's first recording; a probe that of five windows in a row
 * of any later one. All persons of ECG-ID and Heartprint stand in one gallery.
 */
import type { Normalization } from '@edgebeat/ecg';
import { ecgId, heartprint, identityStretches, isHeldOut } from '@edgebeat/trainer';
import { spread } from './compare-answers.js';

/** A person's recordings in order, as indices of windows. */
export type Recordings = readonly (readonly number[])[];

export interface Identification {
  readonly probes: number;
  /** Share of probes of which both name the same person. */
  readonly alike: number;
  /** Share of which the right one is named. */
  readonly float: number;
  readonly int8: number;
}

const TEMPLATE_WINDOWS = 10;
const PROBE_WINDOWS = 5;

/**
 * Finds the windows of the held-out persons' recordings among those that a protocol asked about.
 *
 * @throws DataSetError, RecordError where they cannot be read.
 */
export async function heldOutPersons(
  windows: readonly Float32Array[],
  dataDir: string,
  normalize: Normalization,
): Promise<Recordings[]> {
  const known = new Map(windows.map((window, index) => [keyOf(window), index]));
  const persons: Recordings[] = [];
  for (const { subjects } of [await heartprint(dataDir), await ecgId(dataDir)]) {
    for (const { records } of subjects.filter((subject) => subject.records.every(isHeldOut))) {
      const recordings: number[][] = [];
      for (const record of records) {
        const cut = (await identityStretches(record, { normalize })).flatMap((stretch) => stretch.windows);
        const indices = cut.flatMap(({ samples }) => known.get(keyOf(samples)) ?? []);
        if (indices.length > 0) recordings.push(indices);
      }
      persons.push(recordings);
    }
  }
  return persons.filter(({ length }) => length > 0);
}

/** @param float and int8 embeddings by window. @returns undefined where nobody can be asked about. */
export function identificationOf(
  persons: readonly Recordings[],
  float: readonly Float32Array[],
  int8: readonly Float32Array[],
): Identification | undefined {
  const probes = persons.flatMap(([, ...later], person) =>
    later.flatMap((recording) => setsOf(recording).map((windows) => ({ person, windows }))),
  );
  if (probes.length === 0) return undefined;
  const named = [float, int8].map((embeddings) => {
    const templates = persons.map(([first]) => meanDirection(spread(first!, TEMPLATE_WINDOWS), embeddings));
    return probes.map(({ windows }) => nearest(meanDirection(windows, embeddings), templates));
  }) as [number[], number[]];
  const share = (holds: (probe: number) => boolean) => [...probes.keys()].filter(holds).length / probes.length;
  return {
    probes: probes.length,
    alike: share((probe) => named[0][probe] === named[1][probe]),
    float: share((probe) => named[0][probe] === probes[probe]!.person),
    int8: share((probe) => named[1][probe] === probes[probe]!.person),
  };
}

function setsOf(recording: readonly number[]): number[][] {
  const count = Math.floor(recording.length / PROBE_WINDOWS);
  return Array.from({ length: count }, (_, set) => recording.slice(set * PROBE_WINDOWS, (set + 1) * PROBE_WINDOWS));
}

/** Of embeddings brought to norm 1; not of norm 1 itself. */
function meanDirection(windows: readonly number[], embeddings: readonly Float32Array[]): Float64Array {
  const sum = new Float64Array(embeddings[windows[0]!]!.length);
  for (const window of windows) {
    const embedding = embeddings[window]!;
    const norm = Math.sqrt(embedding.reduce((squares, element) => squares + element * element, 0)) || 1;
    for (let i = 0; i < sum.length; i++) sum[i]! += embedding[i]! / norm;
  }
  return sum;
}

function nearest(probe: Float64Array, templates: readonly Float64Array[]): number {
  const similarities = templates.map((template) => {
    let [product, squares] = [0, 0];
    for (let i = 0; i < probe.length; i++) {
      product += probe[i]! * template[i]!;
      squares += template[i]! ** 2;
    }
    return product / Math.sqrt(squares || 1);
  });
  return similarities.indexOf(Math.max(...similarities));
}

function keyOf(window: Float32Array): string {
  return Buffer.from(window.buffer, window.byteOffset, window.byteLength).toString('latin1');
}
