/** `…/beat`, `…/identity`, `…/activity`, `…/quality`: what the gateway finds in a stream. */
import { fractionField, header, resultFields, subjectField, timeField } from './fields.js';
import { array, type Infer, nullable, number, object, oneOf, optional, positive, string, whole } from './schema.js';

/** One R peak. */
export const beatSchema = object({
  ...header('beat'),
  ...resultFields,
  /** When the R peak was. */
  rTimeUs: timeField,
  /** Where it was: 250 Hz samples since the gateway began with this stream, those missing in gaps counted. */
  sampleIndex: whole(0),
  /** Since the beat before; null after a start or a gap. */
  rrMs: nullable(positive()),
  /** Beats per minute over the latest beats; null while there are too few. */
  heartRate: nullable(positive()),
  /** Signal quality around the beat, 1 is best. */
  quality: fractionField,
});

/**
 * - `accepted`: the best score passes the threshold; `identity` says for whom
 * - `rejected`: somebody was claimed, and the claim does not pass
 * - `unknown`: nobody who is enrolled passes
 * - `enrolling`: the window went into a template that is being made
 * - `undecided`: no electrode contact, or a signal too poor to say anything
 */
export const identityDecisions = ['accepted', 'rejected', 'unknown', 'enrolling', 'undecided'] as const;

export const scoreMetrics = ['cosine', 'euclidean'] as const;

/** Enrolment of a person, as far as it has come. */
export const enrolmentSchema = object({
  subject: subjectField,
  state: oneOf('running', 'done', 'cancelled', 'failed'),
  /** 1 when the template is complete. */
  progress: fractionField,
  /** Windows in the template so far. */
  windows: whole(0),
  /** Why it failed. */
  reason: optional(string()),
});

/** Who wears the device. */
export const identitySchema = object({
  ...header('identity'),
  ...resultFields,
  /** End of the last window that was looked at. */
  windowEndUs: timeField,
  decision: oneOf(...identityDecisions),
  /** Who was accepted; who was claimed, when rejected; null otherwise. */
  identity: nullable(subjectField),
  /** Best score: a cosine similarity (larger is closer) or a Euclidean distance (smaller is closer). */
  score: nullable(number()),
  metric: oneOf(...scoreMetrics),
  threshold: nullable(number()),
  /** Name of the model whose embeddings were compared. */
  model: string(),
  /** Windows whose embeddings were averaged. */
  windows: optional(whole(0)),
  /** Who else was near, the nearest first. */
  candidates: optional(array(object({ identity: subjectField, score: number() }))),
  enrolment: optional(enrolmentSchema),
});

/** What the wearer is doing. */
export const activitySchema = object({
  ...header('activity'),
  ...resultFields,
  /** Begin of the first and end of the last window that were looked at. */
  windowStartUs: optional(timeField),
  windowEndUs: timeField,
  /** A class of the model; null without electrode contact, or where the signal is too poor to say anything. */
  activity: nullable(string(1)),
  /** The model's probability of that class, averaged over the windows. */
  score: nullable(fractionField),
  model: nullable(string()),
  /** Windows whose probabilities were averaged. */
  windows: optional(whole(0)),
});

/** How good the signal is. */
export const qualitySchema = object({
  ...header('quality'),
  ...resultFields,
  windowEndUs: timeField,
  /** Signal quality index, 1 is best. */
  sqi: fractionField,
  /** Why it is not better: `lead-off`, `flat`, `noise`, … */
  reasons: array(string(1)),
});

export type IdentityDecision = (typeof identityDecisions)[number];
export type ScoreMetric = (typeof scoreMetrics)[number];
export type Enrolment = Infer<typeof enrolmentSchema>;
export type BeatMessage = Infer<typeof beatSchema>;
export type IdentityMessage = Infer<typeof identitySchema>;
export type ActivityMessage = Infer<typeof activitySchema>;
export type QualityMessage = Infer<typeof qualitySchema>;
