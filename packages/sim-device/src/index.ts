/** Simulated watches: synthetic hearts and replayed records, streamed over MQTT. */
export type { BrokerOptions } from '@edgebeat/wire';
export { type Activity, type ActivityProfile, activities, activityProfiles } from './activity.js';
export { drawPerson, type Person } from './heart/person.js';
export type { RateLaw, Wave } from './heart/wave.js';
export type { MainsHum } from './noise/electrode-noise.js';
export { Random, type RandomState } from './random.js';
export {
  type ActivityRecording,
  type ActivityRecordingsOptions,
  syntheticActivityRecordings,
} from './source/activity-recordings.js';
export { type EcgSource, type SourceChunk, SourceError, type TrueBeat, type Truth } from './source/ecg-source.js';
export { type OpenSourceOptions, openSource } from './source/open-source.js';
export { RecordSource, type RecordSourceOptions, type ReplayItem } from './source/record-source.js';
export type { ScheduleEntry } from './source/schedule.js';
export { SyntheticSource, type SyntheticSourceOptions } from './source/synthetic-source.js';
export type { Fault, FaultPlan } from './watch/faults.js';
export { SimulatedWatch, type SimulatedWatchOptions, type WatchReport } from './watch/simulated-watch.js';
export { WatchError } from './watch/watch-error.js';
