/** `…/beat`, `…/identity`, `…/activity`, `…/quality`: what the gateway finds in a stream. */
import * as v from 'valibot';
import {
  countField,
  finiteField,
  fractionField,
  header,
  positiveField,
  resultFields,
  subjectField,
  timeField,
} from './fields.js';

/** One R peak. */
export const beatSchema = v.object({
  ...header('beat'),
  ...resultFields,
  /** When the R peak was. */
  rTimeUs: timeField,
  /** Where it was: 250 Hz samples since the gateway began with this stream, those missing in gaps counted. */
  sampleIndex: countField,
  /** Since the beat before; null after a start or a gap. */
  rrMs: v.nullable(positiveField),
  /** Beats per minute over the latest beats; null while there are too few. */
  heartRate: v.nullable(positiveField),
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
export const enrolmentSchema = v.object({
  subject: subjectField,
  state: v.picklist(['running', 'done', 'cancelled', 'failed']),
  /** 1 when the template is complete. */
  progress: fractionField,
  /** Windows in the template so far. */
  windows: countField,
  /** Why it failed. */
  reason: v.optional(v.string()),
});

/** Who wears the device. */
export const identitySchema = v.object({
  ...header('identity'),
  ...resultFields,
  /** End of the last window that was looked at. */
  windowEndUs: timeField,
  decision: v.picklist(identityDecisions),
  /** Who was accepted; who was claimed, when rejected; null otherwise. */
  identity: v.nullable(subjectField),
  /** Best score: a cosine similarity (larger is closer) or a Euclidean distance (smaller is closer). */
  score: v.nullable(finiteField),
  metric: v.picklist(scoreMetrics),
  threshold: v.nullable(finiteField),
  /** Name of the model whose embeddings were compared. */
  model: v.string(),
  /** Windows whose embeddings were averaged. */
  windows: v.optional(countField),
  /** Who else was near, the nearest first. */
  candidates: v.optional(v.array(v.object({ identity: subjectField, score: finiteField }))),
  enrolment: v.optional(enrolmentSchema),
});

/** What the wearer is doing. */
export const activitySchema = v.object({
  ...header('activity'),
  ...resultFields,
  /** Begin of the first and end of the last window that were looked at. */
  windowStartUs: v.optional(timeField),
  windowEndUs: timeField,
  /** A class of the model; null without electrode contact, or where the signal is too poor to say anything. */
  activity: v.nullable(v.pipe(v.string(), v.minLength(1))),
  /** The model's probability of that class, averaged over the windows. */
  score: v.nullable(fractionField),
  model: v.nullable(v.string()),
  /** Windows whose probabilities were averaged. */
  windows: v.optional(countField),
});

/** How good the signal is. */
export const qualitySchema = v.object({
  ...header('quality'),
  ...resultFields,
  windowEndUs: timeField,
  /** Signal quality index, 1 is best. */
  sqi: fractionField,
  /** Why it is not better: `lead-off`, `flat`, `noise`, … */
  reasons: v.array(v.pipe(v.string(), v.minLength(1))),
});

export type IdentityDecision = (typeof identityDecisions)[number];
export type ScoreMetric = (typeof scoreMetrics)[number];
export type Enrolment = v.InferOutput<typeof enrolmentSchema>;
export type BeatMessage = v.InferOutput<typeof beatSchema>;
export type IdentityMessage = v.InferOutput<typeof identitySchema>;
export type ActivityMessage = v.InferOutput<typeof activitySchema>;
export type QualityMessage = v.InferOutput<typeof qualitySchema>;
