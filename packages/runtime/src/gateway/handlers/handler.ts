/** What a handler of one kind of topic is given. */
import type { DeviceSession } from '../../session/device-session.js';
import type { Gallery } from '../../session/gallery.js';
import type { Recognizer } from '../../session/recognizer.js';
import type { LatencyRecorder } from '../latency.js';
import type { LossReport } from '../loss-report.js';

/** One device as the gateway sees it. */
export interface Device {
  readonly id: string;
  readonly session: DeviceSession;
  /** Absent where no model is loaded. */
  readonly recognizer: Recognizer | undefined;
  /** Ids of commands that were carried out, the latest last. */
  readonly commands: string[];
  readonly losses: LossReport;
}

export interface HandlerContext {
  /** The device's session; made with its first frame or command. */
  device(id: string): Device;
  /** The device's session, where there is one. */
  knownDevice(id: string): Device | undefined;
  readonly gallery: Gallery | undefined;
  readonly latency: LatencyRecorder;
  /** When the message at hand came from the socket, in the time of `performance.now()`. */
  arrival(): number;
  /** Something a person should know; the gateway goes on. */
  warn(error: Error): void;
}

/** Resolves when the message is safe: processed, its results handed over. Only then it is acknowledged. */
export type Handler = (context: HandlerContext, device: string, payload: Uint8Array) => Promise<void>;
