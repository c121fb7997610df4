/** What runs everywhere: embeddings, templates, verification, error rates, the store in memory. */
export { meanDirection, normalise } from './embedding.js';
export { IdentityError } from './identity-error.js';
export {
  accepts,
  compare,
  cosineSimilarity,
  euclideanDistance,
  type Metric,
  type Threshold,
  toScore,
} from './metric.js';
export {
  CALIBRATION_BINS,
  type ConfidentAnswer,
  calibrationErrorOverSubjects,
  expectedCalibrationError,
} from './scores/calibration-error.js';
export { type ComparisonSet, type ScoreSets, splitScores } from './scores/comparison-set.js';
export {
  type EqualErrorRate,
  type ErrorCurve,
  equalErrorRate,
  errorCurve,
  errorRatesAt,
  fnmrAtFmr,
  thresholdAtFmr,
} from './scores/error-curve.js';
export { cumulativeMatch, matchRanks } from './scores/identification.js';
export { SeededRandom } from './scores/random.js';
export { type Rate, wilson } from './scores/rate.js';
export { type Average, rateOverSubjects, type SubjectTrials } from './scores/subject-rate.js';
export {
  type BootstrapOptions,
  type VerificationOptions,
  type VerificationRates,
  verificationRates,
} from './scores/verification-rates.js';
export { type DeviceState, decodeDeviceState, encodeDeviceState } from './store/device-state.js';
export { decodeTemplates, encodeTemplates } from './store/template-document.js';
export { MemoryTemplateStore, type TemplateStore } from './store/template-store.js';
export { type EnrolmentDetails, enrol, type ModelReference, type Template, UNKNOWN } from './template.js';
export { type Identification, identify, type RankedTemplate, type Verification, verify } from './verification.js';
