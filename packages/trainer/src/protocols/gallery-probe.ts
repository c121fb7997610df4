/**
 * Compares every probe with every template. A template is the normalised mean of all window embeddings of a person's gallery
 * records; a probe is that of one record, or of one window. Similarity is the cosine.
 */
import { cosineSimilarity, matchRanks, meanDirection } from '@edgebeat/identity';
import type { DataSetRecord } from '../datasets/data-set.js';
import { requireStandardWindows } from '../datasets/windows.js';
import type { EmbeddingModel } from '../inference/embedding-model.js';
import { type EmbeddedRecord, embedRecords } from './embed-records.js';
import type { ProtocolOptions } from './protocol.js';
import { ProtocolError } from './protocol-error.js';

/** One probe record against the whole gallery. */
export interface Probe {
  readonly record: DataSetRecord;
  /** Number of its person. */
  readonly subject: number;
  /** Number of usable windows; 0 for a failed record. */
  readonly windows: number;
  /** Similarity with every template; empty for a failed record. */
  readonly scores: readonly number[];
  /** Whether the own template is the most alike. */
  readonly hit: boolean;
  /** The same for each window alone: how many hits. */
  readonly windowHits: number;
}

/** What enrolled. */
export interface Gallery {
  readonly subjects: number;
  readonly records: number;
  readonly windows: number;
  /** Persons whose gallery records gave no usable window: nobody can be recognised as them. */
  readonly failedSubjects: readonly string[];
}

export interface GalleryProbeComparisons {
  readonly gallery: Gallery;
  /** Number of the person of each template. */
  readonly templateSubjects: readonly number[];
  readonly probes: readonly Probe[];
  /** Persons are numbered from 0; how many there are, on either side. */
  readonly subjects: number;
}

/**
 * Embeds both sides and compares all probes with all templates.
 *
 * @throws ProtocolError when nobody could be enrolled or no record probes; InferenceError, RecordError.
 */
export async function compareGalleryAndProbes(
  model: EmbeddingModel,
  gallery: readonly DataSetRecord[],
  probes: readonly DataSetRecord[],
  options: ProtocolOptions,
): Promise<GalleryProbeComparisons> {
  requireStandardWindows(model.name, model.metadata);
  if (probes.length === 0) {
    throw new ProtocolError(
      'no record is left to probe',
      'The data folder holds only records that enrol: fetch the rest of the data set.',
    );
  }
  const embedded = await embedRecords([...gallery, ...probes], model, options);
  const enrolled = embedded.slice(0, gallery.length);
  const templates = templatesOf(enrolled);
  if (templates.size === 0) {
    throw new ProtocolError(
      'nobody could be enrolled',
      'No gallery record has three consecutive beats: check the data.',
    );
  }
  const numbers = new Map(
    [...new Set([...gallery, ...probes].map(({ subject }) => subject))].map((name, i) => [name, i]),
  );
  const enrolledNames = [...templates.keys()];
  const directions = [...templates.values()];
  const names = [...new Set(gallery.map(({ subject }) => subject))];
  return {
    gallery: {
      subjects: names.length,
      records: gallery.length,
      windows: enrolled.reduce((sum, { embeddings }) => sum + embeddings.length, 0),
      failedSubjects: names.filter((name) => !templates.has(name)),
    },
    templateSubjects: enrolledNames.map((name) => numbers.get(name)!),
    probes: embedded.slice(gallery.length).map((one) => {
      const { subject } = one.record;
      return compareProbe(one, numbers.get(subject)!, enrolledNames.indexOf(subject), directions);
    }),
    subjects: numbers.size,
  };
}

/** Templates by person, in the order of the records. */
function templatesOf(enrolled: readonly EmbeddedRecord[]): Map<string, Float32Array> {
  const windows = new Map<string, Float32Array[]>();
  for (const { record, embeddings } of enrolled) {
    if (embeddings.length > 0) windows.set(record.subject, [...(windows.get(record.subject) ?? []), ...embeddings]);
  }
  return new Map(Array.from(windows, ([subject, embeddings]) => [subject, meanDirection(embeddings)]));
}

/** @param own index of the template of the probe's person, −1 where it has none. */
function compareProbe(
  { record, embeddings }: EmbeddedRecord,
  subject: number,
  own: number,
  templates: readonly Float32Array[],
): Probe {
  if (embeddings.length === 0) return { record, subject, windows: 0, scores: [], hit: false, windowHits: 0 };
  const compareAll = (direction: Float32Array) => templates.map((template) => cosineSimilarity(template, direction));
  const isHit = (scores: readonly number[]) => matchRanks(scores, [own], templates.length)[0] === 1;
  const scores = compareAll(meanDirection(embeddings));
  const windowHits = embeddings.filter((embedding) => isHit(compareAll(embedding))).length;
  return { record, subject, windows: embeddings.length, scores, hit: isHit(scores), windowHits };
}
