/** What runs everywhere: parsers, the streaming signal path, R peaks, beats, windows, quality, beat-by-beat scoring. */
export { bandSignal } from './band-signal.js';
export type { ActivityWindow } from './beats/activity-windows.js';
export type { Beat } from './beats/beat.js';
export { beatLead, beatLength } from './beats/beat-cutter.js';
export { beatsPerWindow, type IdentityWindow } from './beats/identity-windows.js';
export { type Normalization, normalize } from './beats/normalize.js';
export { sampleRate } from './detector/constants.js';
export * from './noise/index.js';
export type { QualityReason, SignalQuality } from './quality/window-quality.js';
export * from './records/parsers.js';
export {
  addCounts,
  countDetections,
  type DetectedBeat,
  type DetectionCounts,
  type DetectionScore,
  scoreDetections,
} from './scoring/detection-score.js';
export { type BeatMatch, type Episode, type MatchOptions, matchBeats } from './scoring/match-beats.js';
export { type ReferenceBeats, referenceBeats } from './scoring/reference-beats.js';
export { type Segment, segmentChannel } from './segment.js';
export { ecgBandDelay } from './signal/ecg-band.js';
export { RateError } from './signal/resampler.js';
export { StateError } from './signal/state.js';
export { SignalPath, type SignalPathOptions, type SignalPathSink } from './signal-path.js';
