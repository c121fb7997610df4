/**
 * Embeds what enrols and what probes, each window once, and compares: a template is the mean direction of ten windows, a probe
 * that of one to ten windows of one recording, the similarity the cosine.
 */
import { type ComparisonSet, cosineSimilarity, matchRanks, meanDirection } from '@edgebeat/identity';
import { personKeyOf } from '../datasets/person-names.js';
import type { EmbeddingModel } from '../inference/embedding-model.js';
import { usableEmbeddings } from './embed-records.js';
import { interleavedSets, spreadEvenly } from './probe-sets.js';
import type { ProtocolOptions } from './protocol.js';
import type { VerificationCondition } from './verification-conditions.js';
import { type WindowPart, type WindowReader, windowsOf } from './window-part.js';

export const templateWindows = 10;
/** Windows of a probe: first the number that the main figures rest on. */
export const probeSizes = [5, 1, 3, 10] as const;
export type ProbeSize = (typeof probeSizes)[number];

/** One set of windows against every template of its condition. */
export interface SetProbe {
  /** Number of its person. */
  readonly subject: number;
  /** Similarity with every template. */
  readonly scores: readonly number[];
  /** Whether the own template is the most alike. */
  readonly hit: boolean;
}

/** A recording, or half of one, that probes. */
export interface ProbedRecording {
  readonly subject: number;
  /** Number of usable windows. */
  readonly windows: number;
  /** Its probes, by their number of windows; none where it has fewer. */
  readonly probes: Readonly<Record<ProbeSize, readonly SetProbe[]>>;
}

export interface ComparedCondition {
  readonly condition: VerificationCondition;
  /** Number of the person of each template. */
  readonly templateSubjects: readonly number[];
  readonly recordings: readonly ProbedRecording[];
}

export interface VerificationComparisons {
  readonly conditions: readonly ComparedCondition[];
  /** Persons are numbered from 0, over all data sets: as `data set/person`. */
  readonly subjects: readonly string[];
  /** Usable windows of the recordings that probe, each counted once. */
  readonly windows: number;
  /** Persons without a usable window where they should enrol, in any condition. */
  readonly failedSubjects: readonly string[];
}

/**
 * @param probeWindows reads what probes.
 * @throws InferenceError, RecordError.
 */
export async function compareConditions(
  model: EmbeddingModel,
  conditions: readonly VerificationCondition[],
  probeWindows: WindowReader,
  options: ProtocolOptions,
): Promise<VerificationComparisons> {
  const embed = await embedder(model, conditions, probeWindows, options);
  const parts = conditions.flatMap(({ gallery, probes }) => [...gallery, ...probes]);
  const subjects = [...new Set(parts.map(subjectOf))];
  const failed = new Set<string>();
  const compared = conditions.map((condition): ComparedCondition => {
    const templates = new Map<number, Float32Array>();
    for (const subject of new Set(condition.gallery.map(subjectOf))) {
      const gallery = condition.gallery.filter((part) => subjectOf(part) === subject);
      const embeddings = spreadEvenly(gallery.flatMap(embed.enrolment), templateWindows);
      if (embeddings.length === 0) failed.add(subject);
      else templates.set(subjects.indexOf(subject), meanDirection(embeddings));
    }
    const templateSubjects = [...templates.keys()];
    const directions = [...templates.values()];
    const compare = (subject: number, windows: readonly Float32Array[]): SetProbe => {
      const direction = meanDirection(windows);
      const scores = directions.map((template) => cosineSimilarity(template, direction));
      const own = templateSubjects.indexOf(subject);
      return { subject, scores, hit: scores.length > 0 && matchRanks(scores, [own], scores.length)[0] === 1 };
    };
    const recordings = condition.probes.map((part): ProbedRecording => {
      const subject = subjects.indexOf(subjectOf(part));
      const embeddings = embed.probe(part);
      const probesOf = (size: ProbeSize) =>
        interleavedSets(embeddings, size).map((windows) => compare(subject, windows));
      return {
        subject,
        windows: embeddings.length,
        probes: { 1: probesOf(1), 3: probesOf(3), 5: probesOf(5), 10: probesOf(10) },
      };
    });
    return { condition, templateSubjects, recordings };
  });
  const probing = new Map(conditions.flatMap(({ probes }) => probes.map(withKey)));
  const windows = [...probing.values()].reduce((sum, part) => sum + embed.probe(part).length, 0);
  return { conditions: compared, subjects, windows, failedSubjects: [...failed] };
}

/** Comparisons of all probes of a size. Conditions may be put together: each is compared with its own templates alone. */
export function comparisonsOf(
  conditions: readonly ComparedCondition[],
  size: ProbeSize,
  subjects: number,
): ComparisonSet & { readonly probes: readonly SetProbe[] } {
  const all = conditions.flatMap(({ templateSubjects, recordings }) =>
    recordings.flatMap(({ probes }) => probes[size].map((probe) => ({ probe, templateSubjects }))),
  );
  return {
    scores: all.flatMap(({ probe }) => probe.scores),
    templateSubjects: all.flatMap((one) => one.templateSubjects),
    probeSubjects: all.flatMap(({ probe }) => probe.scores.map(() => probe.subject)),
    subjects,
    probes: all.map(({ probe }) => probe),
  };
}

/** Usable embeddings of the windows of a part, in order, each computed once. */
interface Embedder {
  readonly enrolment: (part: WindowPart) => readonly Float32Array[];
  readonly probe: (part: WindowPart) => readonly Float32Array[];
}

async function embedder(
  model: EmbeddingModel,
  conditions: readonly VerificationCondition[],
  probeWindows: WindowReader,
  { onProgress }: ProtocolOptions,
): Promise<Embedder> {
  const sides = [
    { read: windowsOf, parts: new Map(conditions.flatMap(({ gallery }) => gallery.map(withKey))) },
    { read: probeWindows, parts: new Map(conditions.flatMap(({ probes }) => probes.map(withKey))) },
  ];
  // Many recordings stand on both sides, in different conditions; without noise they are the same there.
  const known = new Map<WindowReader, Map<string, readonly Float32Array[]>>(sides.map(({ read }) => [read, new Map()]));
  const total = new Set(
    sides.flatMap(({ read, parts }) => [...parts.keys()].map((key) => `${read === windowsOf} ${key}`)),
  ).size;
  let done = 0;
  for (const { read, parts } of sides) {
    const embeddings = known.get(read)!;
    for (const [key, part] of parts) {
      if (embeddings.has(key)) continue;
      onProgress?.({ step: 'embedding recordings', done: done++, total });
      embeddings.set(key, await usableEmbeddings(model, await read(part, model.metadata)));
    }
  }
  onProgress?.({ step: 'embedding recordings', done: total, total });
  return {
    enrolment: (part) => known.get(windowsOf)!.get(keyOf(part))!,
    probe: (part) => known.get(probeWindows)!.get(keyOf(part))!,
  };
}

function withKey(part: WindowPart): [string, WindowPart] {
  return [keyOf(part), part];
}

function keyOf({ record, part }: WindowPart): string {
  return `${record.id}[${part.from},${part.to})`;
}

function subjectOf({ record }: WindowPart): string {
  return personKeyOf(record);
}
