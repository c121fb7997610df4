/** What an evaluation reports, in the form that `--json` prints and model cards are made of. */
import type { VerificationThreshold } from '@edgebeat/graph';
import type { Rate } from '@edgebeat/identity';
import type { Gallery } from '../protocols/gallery-probe.js';

export const REPORT_SCHEMA = 'edgebeat.evaluate/1';

/** One figure, a fraction of 1, with its 95 % interval over subjects. */
export interface Figure extends Rate {
  /** How many trials it rests on: probes for a rate of hits, genuine comparisons for an error rate. */
  readonly n: number;
  /** How many subjects those trials belong to. */
  readonly subjects: number;
}

/**
 * Figures by name. The names of all protocols: `rank1` (share of probe records whose own template is the most alike, all
 * records weighing the same), `rank1Macro` (all persons weighing the same), `rank1Window` and `rank1WindowMacro` (the same,
 * each window alone), `eer` (equal error rate, record against template), `fnmrAtFmr100` and `fnmrAtFmr1000` (FNMR where one
 * impostor comparison in 100, in 1,000 is accepted). A suffix names a part of the probes: `Within` the enrolment's own
 * session or day, `Across` sessions or days, `S2` a session.
 */
export type Figures = Readonly<Record<string, Figure>>;

/** A part of the probes. */
export interface ReportRow {
  /** `all`, `same day`, `session 3L`, … */
  readonly condition: string;
  /** Subjects with probe records. */
  readonly subjects: number;
  readonly records: number;
  readonly windows: number;
  /** Probe records without a single usable window: misses of `rank1`, outside the error rates. */
  readonly failedRecords: number;
  /** Comparisons of a probe record with the template of its own subject. */
  readonly genuine: number;
  /** Comparisons with templates of others. */
  readonly impostor: number;
  /** Without the suffix that stands in the report's `metrics`. */
  readonly metrics: Figures;
}

export interface EvaluationReport {
  readonly schema: typeof REPORT_SCHEMA;
  /** Name of the model. */
  readonly model: string;
  readonly modelSha256: string;
  readonly protocol: string;
  /** Persons in the gallery. */
  readonly subjects: number;
  /** Probe windows that were judged. */
  readonly windows: number;
  readonly metrics: Figures;
  readonly rows: readonly ReportRow[];
  readonly gallery: Gallery;
  /**
   * Similarities of a probe record with a template at which a stated share of this evaluation's impostors was accepted, in
   * the form of `edgebeat.thresholds`; `windows` is the median number of windows of a probe record.
   */
  readonly thresholds: readonly VerificationThreshold[];
  readonly data: {
    readonly name: string;
    /** False when the copy on disk lacks persons or records: then the figures cannot stand beside others. */
    readonly complete: boolean;
  };
  /**
   * What the model's metadata tell about its training: `unseen`, on none of the protocol's records; `gallery`, on some of the
   * gallery, never on a probe; `unstated`, nothing.
   */
  readonly training: 'unseen' | 'gallery' | 'unstated';
  /** True for a protocol whose test parts leak into training, kept only to stand beside published figures. */
  readonly leaky: boolean;
  /** Of the bootstrap, with the number of resamples. */
  readonly seed: number;
  readonly resamples: number;
}
