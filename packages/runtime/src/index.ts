/** What a product ships: stream sessions, inference engines, the MQTT gateway. */
export * from './engine/index.js';
export { type BrokerOptions, clientOptions } from './gateway/broker-options.js';
export { type DeviceReport, Gateway, type GatewayOptions } from './gateway/gateway.js';
export type { LatencyPercentiles } from './gateway/latency.js';
export { ActivityModel } from './model/activity-model.js';
export { IdentityModel } from './model/identity-model.js';
export { RuntimeError } from './runtime-error.js';
export {
  type ActivityAnswer,
  ActivityRecognizer,
  type ActivityRecognizerOptions,
} from './session/activity-recognizer.js';
export { DeviceSession, type DeviceSessionOptions, type SessionResult } from './session/device-session.js';
export { Gallery } from './session/gallery.js';
export { type IdentityAnswer, Recognizer, type RecognizerOptions } from './session/recognizer.js';
