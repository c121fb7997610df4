/** What `edgebeat train` has to know of a model. */
import type { TrainingOptions, TrainingOutcome } from '@edgebeat/trainer';

/** What the user asked for. */
export interface TrainingRequest {
  readonly dataDir: string;
  /** Whose training part trains. */
  readonly protocol: string;
  readonly seed: number;
  /** Default that of the recipe. */
  readonly steps?: number;
  readonly threads: number;
  /**
   * File of the model that a student learns from, null for labels alone. Default the weights that come with edgebeat, where the
   * protocol is theirs.
   */
  readonly teacher?: string | null;
  /** File of the trained float model that goes on with fake quantization; none for a training from the beginning. */
  readonly quantizationAwareFrom?: string;
  /** Hold a part of what trains back, and keep the weights that do best on it. */
  readonly validation: boolean;
}

export interface TrainedFile extends TrainingOutcome {
  /** The `.onnx` file. */
  readonly bytes: Uint8Array;
}

/** A training whose recordings are read. */
export interface PreparedTraining {
  readonly steps: number;
  readonly run: (options: TrainingOptions) => Promise<TrainedFile>;
}

export interface TrainableModel {
  readonly name: string;
  /** Protocols whose training part it can be trained on; the first is the default, that of the weights that come with edgebeat. */
  readonly protocols: readonly string[];
  /** Models that can teach it; none unless given. */
  readonly teachers?: readonly string[];
  /** Whether it can go on with fake quantization; default false. */
  readonly hasQuantizationAwareTraining?: boolean;
  /** @throws what reading recordings throws, and RecipeError for what cannot be trained. */
  readonly prepare: (request: TrainingRequest) => Promise<PreparedTraining>;
}
