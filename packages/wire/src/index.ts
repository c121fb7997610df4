/** What watches, firmware and gateway say to each other over MQTT: frames, topics, messages. Runs in browsers, too. */
export { BrokerError, type BrokerOptions, requireBrokerUrl, requireClientId } from './broker.js';
export { crc32 } from './frame/crc32.js';
export { decodeFrame } from './frame/decode.js';
export { encodeFrame } from './frame/encode.js';
export {
  FLAG_CLOCK_UNSYNCHRONISED,
  FLAG_LEAD_OFF,
  FLAG_RESTART,
  type Frame,
  frameEndTimeUs,
  frameMillivolts,
  quantizeMillivolts,
  sampleCount,
  sampleTimeUs,
} from './frame/frame.js';
export { FrameError, type FrameErrorCode } from './frame/frame-error.js';
export { FRAME_VERSION, frameBytes } from './frame/layout.js';
export {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageBody,
  type MessageKind,
  messageSchemas,
} from './messages/codec.js';
export { type CommandMessage, commandSchema } from './messages/commands.js';
export { MessageError } from './messages/message-error.js';
export {
  type ActivityMessage,
  activitySchema,
  type BeatMessage,
  beatSchema,
  type Enrolment,
  type IdentityDecision,
  type IdentityMessage,
  identityDecisions,
  identitySchema,
  type QualityMessage,
  qualitySchema,
  type ScoreMetric,
  scoreMetrics,
} from './messages/results.js';
export { type DeviceState, deviceStates, type StatusMessage, statusSchema } from './messages/status.js';
export {
  type SignalGap,
  type StreamCounters,
  StreamTracker,
  type StreamTrackerOptions,
  type TrackerEvent,
} from './stream/stream-tracker.js';
export { StreamTrackerError } from './stream/stream-tracker-error.js';
export {
  isDeviceId,
  parseTopic,
  subscriptionFilter,
  TopicError,
  type TopicKind,
  type TopicProperties,
  topicKinds,
  topicOf,
  topicProperties,
} from './topics.js';
