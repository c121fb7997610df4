/** What an evaluation protocol is. One file each; `index.ts` lists them by name. */
import type { EmbeddingModel } from '../inference.js';
import type { EvaluationReport } from '../report/evaluation-report.js';

export interface Progress {
  /** What is being done: `embedding records`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface ProtocolOptions {
  /** Called often; cheap callbacks only. */
  readonly onProgress?: (progress: Progress) => void;
  /** Of the bootstrap; default 1. Same seed, same report. */
  readonly seed?: number;
  /** Of the bootstrap; default 1000. */
  readonly resamples?: number;
}

export interface Protocol {
  /** `data set/name`. */
  readonly name: string;
  /** One sentence: who enrols, who probes. */
  readonly description: string;
  /**
   * Judges a model.
   *
   * @param dataDir folder that holds the data set.
   * @throws DataSetError when the data set is not there; ProtocolError when the model has seen a test record.
   */
  run(model: EmbeddingModel, dataDir: string, options?: ProtocolOptions): Promise<EvaluationReport>;
}
