/** Simulated watches: synthetic hearts and replayed records, streamed over MQTT. */
export type { BrokerOptions } from '@edgebeat/wire';
export { type Activity, type ActivityProfile, activities, activityProfiles } from './activity.js';
export { type BoardFigures, boardFigures } from './firmware/board-figures.js';
export { FirmwareError } from './firmware/firmware-error.js';
export { FirmwareLink, type FirmwareTransport } from './firmware/firmware-link.js';
export { type FirmwareMessage, type MessageContext, messageOf } from './firmware/firmware-messages.js';
export { FirmwareRun, type FirmwareRunOptions } from './firmware/firmware-run.js';
export { FirmwareWatch, type FirmwareWatchOptions, type FirmwareWatchReport } from './firmware/firmware-watch.js';
export type { EnrolmentGoal, WatchSettings } from './firmware/link-commands.js';
export * as firmwareRecords from './firmware/link-commands.js';
export type { FirmwareEvent, FirmwareEventOf } from './firmware/link-events.js';
export { QemuBoard, type QemuProcessor, qemuBoards, qemuProgram } from './firmware/qemu-board.js';
export { WasmWatch } from './firmware/wasm-watch.js';
export { ENROLMENT, LOWEST_QUALITY } from './firmware/watch-defaults.js';
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
