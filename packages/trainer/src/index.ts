/** Data sets, evaluation protocols and reports of ECG identity models. */
export type { AugmentationOptions, Chance } from './augment/augmentation-options.js';
export { addBaselineWander, type BaselineWanderOptions } from './augment/baseline-wander.js';
export { applyCutout, type CutoutOptions } from './augment/cutout.js';
export { applyGain, type GainOptions } from './augment/gain.js';
export { type JitterOptions, jitterStart } from './augment/jitter.js';
export {
  loadNoise,
  type NoiseName,
  type NoiseRecordings,
  noiseNames,
  noiseStressPublication,
} from './augment/load-noise.js';
export { addMuscleNoise, type MuscleNoiseOptions } from './augment/muscle-noise.js';
export type { Range } from './augment/range.js';
export { addRecordedNoise, type RecordedNoiseOptions } from './augment/recorded-noise.js';
export { TimeWarp, type TimeWarpOptions } from './augment/time-warp.js';
export { WindowAugmenter } from './augment/window-augmenter.js';
export { CheckpointError } from './checkpoint/checkpoint-error.js';
export { readTensorFile } from './checkpoint/read-tensor-file.js';
export { type TensorFile, writeTensorFile } from './checkpoint/write-tensor-file.js';
export type { DataSet, DataSetRecord, DataSetSubject, Publication } from './datasets/data-set.js';
export { DataSetError } from './datasets/data-set-error.js';
export { ecgId, ecgIdPublication } from './datasets/ecg-id.js';
export { heartprint, heartprintPublication } from './datasets/heartprint.js';
export {
  type KalouskovaActivity,
  type KalouskovaElectrode,
  type KalouskovaRecord,
  kalouskova,
  kalouskovaActivities,
  kalouskovaElectrodes,
  kalouskovaPublication,
  kalouskovaTestPart,
  kalouskovaTrainingPart,
} from './datasets/kalouskova.js';
export {
  formatTrainingRecord,
  parseTrainingRecord,
  type RecordPart,
  type TrainingRecord,
  wholeRecord,
} from './datasets/record-part.js';
export {
  type CutOptions,
  type CutWindow,
  cutWindows,
  type SignalStretch,
  signalStretches,
} from './datasets/stretches.js';
export { identityWindows } from './datasets/windows.js';
export { type EvaluateOptions, evaluate } from './evaluate.js';
export {
  ActivityModel,
  type ActivityModelMetadata,
  type Classification,
  type Task,
} from './inference/activity-model.js';
export { EmbeddingModel, type IdentityModelMetadata } from './inference/embedding-model.js';
export { InferenceError } from './inference/inference-error.js';
export type { InferenceOptions } from './inference/window-session.js';
export type { Gallery } from './protocols/gallery-probe.js';
export { protocolOf, protocols } from './protocols/index.js';
export type {
  ClassificationProtocol,
  GalleryProtocol,
  Progress,
  Protocol,
  ProtocolOptions,
} from './protocols/protocol.js';
export { ProtocolError } from './protocols/protocol-error.js';
export { type GeneratorState, RandomGenerator, type Shuffleable } from './random/random-generator.js';
export { RecipeError } from './recipe-error.js';
export {
  type ClassificationReport,
  type ClassificationRow,
  type ConfusionMatrix,
  type EvaluationReport,
  type Figure,
  type Figures,
  type GalleryReport,
  REPORT_SCHEMA,
  type ReportRow,
} from './report/evaluation-report.js';
export { reportToMarkdown } from './report/markdown.js';
export { FIGURES_BEGIN, FIGURES_END, fillModelCard } from './report/model-card.js';
export {
  BalancedSampler,
  type BalancedSamplerOptions,
  type BalancedSamplerState,
} from './sampling/balanced-sampler.js';
export type { DeckState } from './sampling/deck.js';
export { EpochSampler, type EpochSamplerOptions, type EpochSamplerState } from './sampling/epoch-sampler.js';
export type { Sampler } from './sampling/sampler.js';
export {
  type ConstantSchedule,
  type CosineSchedule,
  type LearningRateSchedule,
  learningRateSchedule,
} from './schedule/learning-rate.js';
