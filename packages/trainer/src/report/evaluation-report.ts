/** What an evaluation reports, in the form that `--json` prints and model cards are made of. */
import type { VerificationThreshold } from '@edgebeat/graph';
import type { Rate } from '@edgebeat/identity';
import type { Task } from '../inference/activity-model.js';
import type { Gallery } from '../protocols/gallery-probe.js';

export const REPORT_SCHEMA = 'edgebeat.evaluate/1';

/** One figure, a fraction of 1, with its 95 % interval over subjects. */
export interface Figure extends Rate {
  /** How many trials it rests on: probes for a rate of hits, genuine comparisons for an error rate, windows or records. */
  readonly n: number;
  /** How many subjects those trials belong to. */
  readonly subjects: number;
}

/**
 * Figures by name.
 *
 * Of gallery protocols: `rank1` (share of probe records whose own template is the most alike, all records weighing the same),
 * `rank1Macro` (all persons weighing the same), `rank1Window` and `rank1WindowMacro` (the same, each window alone), `eer` (equal
 * error rate, record against template), `fnmrAtFmr100` and `fnmrAtFmr1000` (FNMR where one impostor comparison in 100, in 1,000
 * is accepted). A suffix names a part of the probes: `Within` the enrolment's own session or day, `Across` sessions or days,
 * `S2` a session.
 *
 * Of classification protocols: `identity` and `activity` (share of windows whose most probable class is right),
 * `identityPerRecord` and `activityPerRecord` (share of records, by the mean of the probabilities of the record's windows). A
 * suffix names a part of the records: `Electrode03`, `Running`.
 *
 * Of closed sets of persons: `accuracy` (share of windows for which the right person was answered) and `accuracyPerRecord` (share
 * of records, by the mean of the probabilities, or of the embeddings, of the record's test windows); where logits answer, also `ece`
 * (expected calibration error of the windows' answers, in 15 bins of their probabilities).
 *
 * Of verification of strangers: `eer`, `fnmrAtFmr100`, `fnmrAtFmr1000` and `rank1` of probes of five windows; with `K1`, `K3` or
 * `K10` behind them, of as many windows (`eerK1`). Then a suffix for the condition: `Within` and `Across` (Heartprint and ECG-ID
 * together), `HeartprintSameSession`, `HeartprintS2`, `HeartprintS3R`, `HeartprintS3L`, `HeartprintS3` (mean of these two),
 * `EcgIdSameDay`, `EcgIdOtherDate`, `PtbSameRecord`, `PtbOtherRecord`: `eerK1HeartprintS2`.
 */
export type Figures = Readonly<Record<string, Figure>>;

/** What all reports state. */
export interface ReportHead {
  readonly schema: typeof REPORT_SCHEMA;
  /** Name of the model. */
  readonly model: string;
  readonly modelSha256: string;
  readonly protocol: string;
  /** Persons in the gallery; without a gallery, persons that were tested. */
  readonly subjects: number;
  /** Probe or test windows that were judged. */
  readonly windows: number;
  readonly metrics: Figures;
  readonly data: {
    readonly name: string;
    /** False when the copy on disk lacks persons or records: then the figures cannot stand beside others. */
    readonly complete: boolean;
    /** How the data set wants to be cited, with its licence, where it has to be. */
    readonly citation?: string;
  };
  /** What the test side was disturbed with, as `--noise` names it: `gauss:0.1`, `em:6`. */
  readonly noise?: string;
  /** True for a protocol whose test parts leak into training, kept only to stand beside published figures. */
  readonly leaky: boolean;
  /** Of the bootstrap, with the number of resamples. */
  readonly seed: number;
  readonly resamples: number;
}

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

/** Some records enrolled, others probed. */
export interface GalleryReport extends ReportHead {
  readonly rows: readonly ReportRow[];
  readonly gallery: Gallery;
  /**
   * Similarities of a probe record with a template at which a stated share of this evaluation's impostors was accepted, in
   * the form of `edgebeat.thresholds`; `windows` is the median number of windows of a probe record.
   */
  readonly thresholds: readonly VerificationThreshold[];
  /**
   * What the model's metadata tell about its training: `unseen`, on none of the protocol's records; `gallery`, on some of the
   * gallery, never on a probe; `others`, on persons of the gallery, who therefore do not probe; `unstated`, nothing.
   */
  readonly training: 'unseen' | 'gallery' | 'others' | 'unstated';
  /** Where `training` is `others`: how many persons, with how many records, do not probe because of it. */
  readonly leftOut?: { readonly subjects: number; readonly records: number };
}

/** A part of the test records. */
export interface ClassificationRow {
  /** `all`, `electrode 03 (textile)`, `running`, … */
  readonly condition: string;
  readonly subjects: number;
  readonly records: number;
  readonly windows: number;
  /** Records whose test part holds no window: misses of the figures per record. */
  readonly failedRecords: number;
  /** Without the suffix that stands in the report's `metrics`. */
  readonly metrics: Figures;
}

/** How often each class was taken for which. */
export interface ConfusionMatrix {
  /** Names of rows and columns, as the model orders them. */
  readonly classes: readonly string[];
  /** Windows: a row for each true class, in it a number for each class that the model answered. */
  readonly counts: readonly (readonly number[])[];
}

/** Windows were classified: by who wears the device, by what they do, or both. */
export interface ClassificationReport extends ReportHead {
  readonly rows: readonly ClassificationRow[];
  /** For each task that was judged. */
  readonly confusion: Partial<Readonly<Record<Task, ConfusionMatrix>>>;
  /**
   * What the model's metadata tell about its training: `unseen`, on none of the test records; `parts`, on other parts of them;
   * `unstated`, nothing.
   */
  readonly training: 'unseen' | 'parts' | 'unstated';
}

/** Windows were named: who of a closed set of persons wears the device. */
export interface ClosedSetReport extends ReportHead {
  readonly rows: readonly ClassificationRow[];
  /** `logits` of a model that was trained to tell these persons apart; otherwise the nearest of their `templates`. */
  readonly answeredBy: 'logits' | 'templates';
  /** Persons without a template, as their training part gave no usable window; none where logits answer. */
  readonly failedSubjects: readonly string[];
  /**
   * What the model's metadata tell about its training: `unseen`, on none of the test records; `parts`, on other parts of them;
   * `windows`, on windows of them, which ones they do not tell; `unstated`, nothing.
   */
  readonly training: 'unseen' | 'parts' | 'windows' | 'unstated';
}

/** A point of a DET curve; fractions of 1. */
export interface DetPoint {
  readonly fmr: number;
  /** At the most permissive threshold whose FMR is not above `fmr`. */
  readonly fnmr: number;
}

/** A condition of verification, or several together. Counts are those of probes of the main size. */
export interface VerificationRow {
  /** `Heartprint, session 1 to 2`, … */
  readonly condition: string;
  /** Subjects who probe. */
  readonly subjects: number;
  /** Recordings that probe, with their usable windows. */
  readonly records: number;
  readonly windows: number;
  /** Recordings with too few windows for a probe of the main size: outside its figures. */
  readonly failedRecords: number;
  readonly genuine: number;
  readonly impostor: number;
  /** Without the suffix that stands in the report's `metrics`. */
  readonly metrics: Figures;
  /** Whether it puts several conditions together. */
  readonly isPool: boolean;
  /** Rising FMR; none for a mean of conditions. */
  readonly det: readonly DetPoint[];
}

/** Claims of identity were checked, by persons on whom the model was not trained. */
export interface VerificationReport extends ReportHead {
  readonly rows: readonly VerificationRow[];
  /** Windows of a template. */
  readonly templateWindows: number;
  /** Windows of a probe: first the number that plain figures rest on, then the others. */
  readonly probeWindows: readonly number[];
  /** Persons without a template in some condition, as `data set/person`. */
  readonly failedSubjects: readonly string[];
  /** Similarities at which a stated share of impostors was accepted who came in another session, as `edgebeat.thresholds`. */
  readonly thresholds: readonly VerificationThreshold[];
  /** What the model's metadata tell about its training: `unseen`, on nobody who tests; `unstated`, nothing. */
  readonly training: 'unseen' | 'unstated';
}

export type EvaluationReport = GalleryReport | ClassificationReport | ClosedSetReport | VerificationReport;
