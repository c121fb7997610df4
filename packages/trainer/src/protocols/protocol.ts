/** What an evaluation protocol is. One file each; `index.ts` lists them by name. */
import type { ActivityModel } from '../inference/activity-model.js';
import type { EmbeddingModel } from '../inference/embedding-model.js';
import type { WindowKind } from '../inference/model-file.js';
import type {
  ClassificationReport,
  ClosedSetReport,
  EvaluationReport,
  GalleryReport,
  VerificationReport,
} from '../report/evaluation-report.js';
import type { TestNoise } from './test-noise.js';
import type { WindowPart } from './window-part.js';

export interface Progress {
  /** What is being done: `embedding records`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface ProtocolOptions {
  /** Called often; cheap callbacks only. */
  readonly onProgress?: (progress: Progress) => void;
  /** Of the bootstrap, and of noise; default 1. Same seed, same report. */
  readonly seed?: number;
  /** Of the bootstrap; default 1000. */
  readonly resamples?: number;
  /** Disturbs what probes or tests, never what enrols or trains; only for protocols with `takesNoise`. */
  readonly noise?: TestNoise;
}

interface ProtocolOf<K extends WindowKind, Model, Report extends EvaluationReport> {
  /** `data set/name`. */
  readonly name: string;
  /** One sentence: who enrols and who probes, or what is tested. */
  readonly description: string;
  /** What windows its models take. */
  readonly windows: K;
  /**
   * Judges a model.
   *
   * @param dataDir folder that holds the data set.
   * @throws DataSetError when the data set is not there; ProtocolError when the model has seen a test record.
   */
  run(model: Model, dataDir: string, options?: ProtocolOptions): Promise<Report>;
}

interface IdentityProtocolOf<Report extends EvaluationReport> extends ProtocolOf<'identity', EmbeddingModel, Report> {
  /** Whether `noise` can be put on its test side. */
  readonly takesNoise: boolean;
  /**
   * What a model that is to be judged by this protocol may be trained on, and no more of its data sets.
   *
   * @param dataDir folder that holds the data sets.
   * @throws DataSetError when they are not there.
   */
  trainingParts(dataDir: string): Promise<readonly WindowPart[]>;
}

/** Compares embeddings: some records enrol, others probe. */
export type GalleryProtocol = IdentityProtocolOf<GalleryReport>;
/** Asks which of the persons that a model was trained on, or that enrolled, a window shows. */
export type ClosedSetProtocol = IdentityProtocolOf<ClosedSetReport>;
/** Asks whether a window shows the person it is said to show. */
export interface VerificationProtocol extends IdentityProtocolOf<VerificationReport> {
  /** What its report can be drawn as, by `detCurvesSvg`. */
  readonly draws: 'det';
}
export type IdentityProtocol = GalleryProtocol | ClosedSetProtocol | VerificationProtocol;
/** Compares a model's answers with the truth. */
export type ClassificationProtocol = ProtocolOf<'activity', ActivityModel, ClassificationReport>;
export type Protocol = IdentityProtocol | ClassificationProtocol;
