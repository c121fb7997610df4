/** Training on onnxruntime: differentiation, losses, the loop, recipes; data sets, evaluation protocols, reports. */
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
  trainingNoisePart,
} from './augment/load-noise.js';
export { addMuscleNoise, type MuscleNoiseOptions } from './augment/muscle-noise.js';
export type { Range } from './augment/range.js';
export { addRecordedNoise, type RecordedNoiseOptions } from './augment/recorded-noise.js';
export { TimeWarp, type TimeWarpOptions } from './augment/time-warp.js';
export { WindowAugmenter } from './augment/window-augmenter.js';
export { AutodiffError } from './autodiff/autodiff-error.js';
export { CheckpointError } from './checkpoint/checkpoint-error.js';
export { readTensorFile } from './checkpoint/read-tensor-file.js';
export { writeAtomically } from './checkpoint/write-atomically.js';
export { type TensorFile, writeTensorFile } from './checkpoint/write-tensor-file.js';
export { type LearningCurvePoint, type LearningCurvesOptions, learningCurvesSvg } from './curves/learning-curves.js';
export type { DataSet, DataSetRecord, DataSetSubject, Publication } from './datasets/data-set.js';
export { DataSetError } from './datasets/data-set-error.js';
export { ecgId, ecgIdPublication } from './datasets/ecg-id.js';
export { heartprint, heartprintPublication } from './datasets/heartprint.js';
export { heldOutSubjects, isHeldOut } from './datasets/held-out.js';
export {
  type IdentityStretch,
  type IdentityStretchOptions,
  identityStretches,
  type PlacedWindow,
} from './datasets/identity-stretches.js';
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
export { ptb, ptbPublication } from './datasets/ptb.js';
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
export {
  type InferenceOptions,
  type OpenRunner,
  type SessionFile,
  type WindowRunner,
  WindowSession,
} from './inference/window-session.js';
export type { BatchSource } from './loop/batch-source.js';
export type { HistoryPoint } from './loop/history.js';
export {
  type TrainingOptions,
  type TrainingOutcome,
  type TrainingPlan,
  type TrainingProgress,
  train,
} from './loop/training.js';
export { batchHardTriplet } from './losses/batch-hard-triplet.js';
export { accuracy, type CrossEntropyOptions, crossEntropy } from './losses/cross-entropy.js';
export { featureDistance } from './losses/feature-distance.js';
export { relationDistance } from './losses/relation-distance.js';
export { softLabelDivergence } from './losses/soft-labels.js';
export type { Gallery } from './protocols/gallery-probe.js';
export { protocolOf, protocols, requireNoiseTaken, usualProtocols } from './protocols/index.js';
export type {
  ClassificationProtocol,
  ClosedSetProtocol,
  GalleryProtocol,
  IdentityProtocol,
  Progress,
  Protocol,
  ProtocolOptions,
  VerificationProtocol,
} from './protocols/protocol.js';
export { ProtocolError } from './protocols/protocol-error.js';
export { parseTestNoise, type TestNoise } from './protocols/test-noise.js';
export type { WindowPart } from './protocols/window-part.js';
export {
  activationRanges,
  type CalibrationOptions,
} from './quantization/activation-ranges.js';
export { fakeQuantized } from './quantization/fake-quantized.js';
export type { QuantizationRecipe } from './quantization/quantization-recipe.js';
export {
  labelledTrainingWindows,
  type TrainingWindow,
  type TrainingWindowsOptions,
  trainingWindows,
} from './quantization/training-windows.js';
export { type GeneratorState, RandomGenerator, type Shuffleable } from './random/random-generator.js';
export { RecipeError } from './recipe-error.js';
export { type BaselineLdaFitOptions, fitBaselineLda } from './recipes/baseline-lda/fit-baseline-lda.js';
export { type DistillationRecipe, distillationParts } from './recipes/distillation/distillation-recipe.js';
export {
  type DistillationRun,
  type DistillationStudyOptions,
  distillationStudy,
  recipeOfRun,
} from './recipes/distillation/distillation-study.js';
export {
  type DistillationResult,
  type DistillationRow,
  distillationMarkdown,
  summarizeDistillation,
} from './recipes/distillation/distillation-summary.js';
export { Teacher, type TeacherAnswers, type TeacherDescription } from './recipes/distillation/teacher.js';
export { type AnonymousRecording, anonymousStretch, type LabelledStretch } from './recipes/dt4ecg/activity-examples.js';
export { type Dt4EcgData, type Dt4EcgDataOptions, loadDt4EcgData } from './recipes/dt4ecg/dt4ecg-data.js';
export { type Dt4EcgPlanInput, dt4ecgPlan } from './recipes/dt4ecg/dt4ecg-plan.js';
export { type Dt4EcgRecipe, type Dt4EcgTask, dt4ecgRecipe } from './recipes/dt4ecg/dt4ecg-recipe.js';
export { dt4ecgStudies, type Study } from './recipes/dt4ecg/studies/studies.js';
export { studyToMarkdown } from './recipes/dt4ecg/studies/study-markdown.js';
export {
  runOfStudy,
  type StudyRun,
  type StudyRunOptions,
  type StudyRunResult,
} from './recipes/dt4ecg/studies/study-run.js';
export {
  type StudyRow,
  type StudySummary,
  summarizeStudy,
} from './recipes/dt4ecg/studies/study-summary.js';
export { type TrainedDt4Ecg, trainDt4Ecg } from './recipes/dt4ecg/train-dt4ecg.js';
export { type HeldBack, holdBackPersons, holdBackTime } from './recipes/identity/hold-back.js';
export {
  type IdentityData,
  loadIdentityData,
  type RecordedWindow,
  type RecordedWindows,
} from './recipes/identity/identity-data.js';
export { type IdentityPlanInput, identityPlan } from './recipes/identity/identity-plan.js';
export {
  type DeitNetwork,
  deitRecipe,
  type IdentityRecipe,
  type ResNet34Network,
  resnet34Recipe,
} from './recipes/identity/identity-recipe.js';
export {
  type QuantizationStart,
  quantizationAware,
  quantizationStart,
} from './recipes/identity/quantization-aware.js';
export { type TrainedIdentity, type TrainIdentityInput, trainIdentity } from './recipes/identity/train-identity.js';
export { detCurvesSvg } from './report/det-curves.js';
export {
  type ClassificationReport,
  type ClassificationRow,
  type ClosedSetReport,
  type ConfusionMatrix,
  type DetPoint,
  type EvaluationReport,
  type Figure,
  type Figures,
  type GalleryReport,
  REPORT_SCHEMA,
  type ReportRow,
  type VerificationReport,
  type VerificationRow,
} from './report/evaluation-report.js';
export {
  type IdentityTableColumn,
  type IdentityTableRow,
  identityTable,
  identityTableRows,
} from './report/identity-table.js';
export { reportToMarkdown } from './report/markdown.js';
export { FIGURES_BEGIN, FIGURES_END, fillModelCard, fillTable, TABLE_BEGIN, TABLE_END } from './report/model-card.js';
export type { SeedFigure } from './report/seed-figure.js';
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
export type { AdamWOptions } from './step/adamw.js';
export type { GradNormOptions } from './step/grad-norm.js';
export { type LossBuilder, type LossContext, type LossGraph, type LossTerms, lossGraph } from './step/loss-graph.js';
export {
  type Batch,
  type StepResult,
  StepSession,
  type StepSessionOptions,
  type TrainingState,
  withState,
} from './step/step-session.js';
export { TrainingError } from './step/training-error.js';
export { type TrainingStep, type TrainingStepOptions, trainingStep } from './step/training-step.js';
