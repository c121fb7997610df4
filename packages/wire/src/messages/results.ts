/** `…/beat`, `…/identity`, `…/activity`, `…/quality`: what the gateway finds in a stream. */
import { z } from 'zod';
import { fractionField, header, resultFields, subjectField, timeField } from './fields.js';

/** One R peak. */
export const beatSchema = z.object({
  ...header('beat'),
  ...resultFields,
  /** When the R peak was. */
  rTimeUs: timeField,
  /** Where it was: 250 Hz samples since the gateway began with this stream, those missing in gaps counted. */
  sampleIndex: z.int().min(0),
  /** Since the beat before; null after a start or a gap. */
  rrMs: z.number().positive().nullable(),
  /** Beats per minute over the latest beats; null while there are too few. */
  heartRate: z.number().positive().nullable(),
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
export const enrolmentSchema = z.object({
  subject: subjectField,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** 1 when the template is complete. */
  progress: fractionField,
  /** Windows in the template so far. */
  windows: z.int().min(0),
  /** Why it failed. */
  reason: z.string().optional(),
});

/** Who wears the device. */
export const identitySchema = z.object({
  ...header('identity'),
  ...resultFields,
  /** End of the last window that was looked at. */
  windowEndUs: timeField,
  decision: z.enum(identityDecisions),
  /** Who was accepted; who was claimed, when rejected; null otherwise. */
  identity: subjectField.nullable(),
  /** Best score: a cosine similarity (larger is closer) or a Euclidean distance (smaller is closer). */
  score: z.number().nullable(),
  metric: z.enum(scoreMetrics),
  threshold: z.number().nullable(),
  /** Name of the model whose embeddings were compared. */
  model: z.string(),
  /** Windows whose embeddings were averaged. */
  windows: z.int().min(0).optional(),
  /** Who else was near, the nearest first. */
  candidates: z.array(z.object({ identity: subjectField, score: z.number() })).optional(),
  enrolment: enrolmentSchema.optional(),
});

/** What the wearer is doing. */
export const activitySchema = z.object({
  ...header('activity'),
  ...resultFields,
  /** Begin of the first and end of the last window that were looked at. */
  windowStartUs: timeField.optional(),
  windowEndUs: timeField,
  /** A class of the model; null without electrode contact, or where the signal is too poor to say anything. */
  activity: z.string().min(1).nullable(),
  /** The model's probability of that class, averaged over the windows. */
  score: fractionField.nullable(),
  model: z.string().nullable(),
  /** Windows whose probabilities were averaged. */
  windows: z.int().min(0).optional(),
});

/** How good the signal is. */
export const qualitySchema = z.object({
  ...header('quality'),
  ...resultFields,
  windowEndUs: timeField,
  /** Signal quality index, 1 is best. */
  sqi: fractionField,
  /** Why it is not better: `lead-off`, `flat`, `noise`, … */
  reasons: z.array(z.string().min(1)),
});

export type IdentityDecision = (typeof identityDecisions)[number];
export type ScoreMetric = (typeof scoreMetrics)[number];
export type Enrolment = z.infer<typeof enrolmentSchema>;
export type BeatMessage = z.infer<typeof beatSchema>;
export type IdentityMessage = z.infer<typeof identitySchema>;
export type ActivityMessage = z.infer<typeof activitySchema>;
export type QualityMessage = z.infer<typeof qualitySchema>;
