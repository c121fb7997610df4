/**
 * The MQTT gateway: one session per device, results on the devices' topics. A message is acknowledged only after its
 * results were handed over, so that a frame is delivered again when the gateway dies in between; messages are handled one
 * after the other, in the order of their arrival, which makes the answers a function of the streams alone.
 */
import type { TemplateStore, Threshold } from '@edgebeat/identity';
import {
  type MessageBody,
  parseTopic,
  type StreamCounters,
  subscriptionFilter,
  TopicError,
  type TopicKind,
} from '@edgebeat/wire';
import type { IClientOptions, MqttClient } from 'mqtt';
import { loadPeer } from '../load-peer.js';
import type { ActivityModel } from '../model/activity-model.js';
import type { IdentityModel } from '../model/identity-model.js';
import { RuntimeError } from '../runtime-error.js';
import { ActivityRecognizer, type ActivityRecognizerOptions } from '../session/activity-recognizer.js';
import { DeviceSession, type SessionResult } from '../session/device-session.js';
import { Gallery } from '../session/gallery.js';
import { Recognizer } from '../session/recognizer.js';
import { ArrivalClock } from './arrival-clock.js';
import { type BrokerOptions, clientOptions } from './broker-options.js';
import { watchConnection } from './connection-watch.js';
import { handleCmd } from './handlers/cmd.js';
import { handleEcg } from './handlers/ecg.js';
import type { Device, Handler, HandlerContext } from './handlers/handler.js';
import { handleStatus } from './handlers/status.js';
import { type LatencyPercentiles, LatencyRecorder } from './latency.js';
import { LossReport } from './loss-report.js';
import { Publisher } from './publisher.js';

export interface GatewayOptions {
  readonly broker: BrokerOptions;
  /** MQTT client id; a gateway that returns with the same one gets what came while it was away. */
  readonly clientId?: string;
  /** Who is who: a model, where its templates are, and when a match is good enough. Without it nobody is recognised. */
  readonly identity?: {
    readonly model: IdentityModel;
    readonly store: TemplateStore;
    readonly threshold: Threshold;
    /** Windows averaged for an answer. */
    readonly windows: number;
    /** Windows of lower quality (0 to 1) are not looked at. */
    readonly lowestQuality?: number;
    /** Enrol whoever first wears a device under the device's name, over this many seconds of stream. */
    readonly enrolSeconds?: number;
  };
  /** What wearers do: a model, and how its answers are steadied. Without it nothing is said of that. */
  readonly activity?: ActivityRecognizerOptions & { readonly model: ActivityModel };
  /** Told of every result as it is published. */
  readonly onResult?: (device: string, result: SessionResult) => void;
  /** Told of what went wrong without stopping the gateway: a malformed command, a reconnection. */
  readonly onWarning?: (error: Error) => void;
}

/** What a gateway counted, per device. */
export interface DeviceReport extends StreamCounters {
  readonly device: string;
  readonly beats: number;
}

/** The part of MQTT.js that makes a client. */
interface Mqtt {
  readonly connect: (url: string, options: IClientOptions) => MqttClient;
}

const handlers: Partial<Record<TopicKind, Handler>> = { ecg: handleEcg, status: handleStatus, cmd: handleCmd };
const defaultLowestQuality = 0.3;
/** Sessions held at a time, some 25 kB each. */
const mostDevices = 10_000;
const connectTimeoutMs = 15_000;
const reconnectPeriodMs = 500;
/** How long the broker has to acknowledge the last results. */
const partingMs = 2000;

export class Gateway {
  private readonly options: GatewayOptions;
  private readonly client: MqttClient;
  private readonly publisher: Publisher;
  private readonly context: HandlerContext;
  private readonly devices = new Map<string, Device>();
  private readonly latency = new LatencyRecorder();
  private readonly arrivals: ArrivalClock;
  private handling: Promise<void> = Promise.resolve();
  private fail!: (error: RuntimeError) => void;
  /** Rejects when the gateway cannot go on: another one with the same client id took its place. Never resolves. */
  readonly failure: Promise<never> = new Promise((_, reject) => {
    this.fail = reject;
  });

  private constructor({ connect }: Mqtt, options: GatewayOptions, gallery: Gallery | undefined) {
    this.options = options;
    const settings = clientOptions(options.broker, options.clientId ?? 'edgebeat-gateway');
    // Connecting is tried once, for a clear error; only a connection that stood is made again.
    this.client = connect(options.broker.url, { ...settings, manualConnect: true, reconnectPeriod: 0 });
    this.arrivals = new ArrivalClock(this.client);
    this.publisher = new Publisher(this.client, (error) => this.warn(error));
    // Whoever does not look at it shall not be ended by it.
    this.failure.catch(() => {});
    this.context = {
      device: (id) => this.device(id),
      knownDevice: (id) => this.devices.get(id),
      gallery,
      latency: this.latency,
      arrival: () => this.arrivals.arrival,
      warn: (error) => this.warn(error),
    };
    // MQTT.js calls this for every message, waits for it, and only then acknowledges and takes the next.
    this.client.handleMessage = (packet, done) => {
      const payload = typeof packet.payload === 'string' ? new TextEncoder().encode(packet.payload) : packet.payload;
      this.handling = this.handle(packet.topic, payload).finally(() => done());
    };
  }

  /**
   * Connects and subscribes; resolves when frames can come.
   * @throws RuntimeError when the broker cannot be reached or refuses, or the package mqtt is not installed.
   */
  static async start(options: GatewayOptions): Promise<Gateway> {
    const mqtt = await loadPeer<Mqtt>('mqtt', '5.16.0', () => import('mqtt'));
    const { identity } = options;
    const gallery = identity && (await Gallery.open(identity.store, identity.model.reference));
    const gateway = new Gateway(mqtt, options, gallery);
    if (gallery && gallery.foreign > 0)
      gateway.warn(
        new RuntimeError(
          `${gallery.foreign} templates in the store belong to other models and are passed over`,
          `Enrol these persons again with ${identity!.model.reference.name}.`,
        ),
      );
    try {
      await gateway.connect();
    } catch (error) {
      await gateway.client.endAsync(true);
      throw error;
    }
    return gateway;
  }

  /** Percentiles over the latest answers: from a frame's arrival to its answer's publication, ms. */
  get answerLatency(): LatencyPercentiles {
    return this.latency.percentiles();
  }

  /** Counters of every device heard of, in the order in which they were first heard of. */
  get reports(): DeviceReport[] {
    return Array.from(this.devices.values(), ({ id, session }) => ({
      device: id,
      beats: session.beats,
      ...session.counters,
    }));
  }

  /** Results that the broker has not acknowledged yet. */
  get unacknowledged(): number {
    return this.publisher.pending;
  }

  /** Finishes the message at hand, waits for the broker to have every result, disconnects. */
  async stop(): Promise<void> {
    await this.handling;
    await Promise.race([this.publisher.drained(), new Promise((resolve) => setTimeout(resolve, partingMs))]);
    // A client that is ended gently waits for every acknowledgement, however long the broker is away.
    await this.client.endAsync(this.publisher.pending > 0);
  }

  private async connect(): Promise<void> {
    const { url } = this.options.broker;
    const { client } = this;
    await new Promise<void>((resolve, reject) => {
      const fail = (problem: string, cause?: Error) => {
        const hint = 'Start the broker, or check its address, port and credentials.';
        reject(new RuntimeError(`broker ${url}: ${problem}`, hint, { cause }));
      };
      const timer = setTimeout(() => fail('no answer'), connectTimeoutMs);
      const refuse = (error: Error) => {
        clearTimeout(timer);
        fail(error.message || 'cannot be reached', error);
      };
      const close = () => refuse(new Error('closed the connection at once'));
      client.once('error', refuse);
      client.once('close', close);
      client.once('connect', () => {
        client.off('error', refuse);
        client.off('close', close);
        client.options.reconnectPeriod = reconnectPeriodMs;
        watchConnection(client, url, {
          warn: (error) => this.warn(error),
          fail: (error) => {
            this.fail(error);
            void client.endAsync(true);
          },
        });
        clearTimeout(timer);
        resolve();
      });
      client.connect();
    });
    await client.subscribeAsync(
      (Object.keys(handlers) as TopicKind[]).map((kind) => subscriptionFilter(kind)),
      { qos: 1 },
    );
  }

  private async handle(topic: string, payload: Uint8Array): Promise<void> {
    try {
      const { device, kind } = parseTopic(topic);
      await handlers[kind]?.(this.context, device, payload);
    } catch (error) {
      // One bad message or device must not stop the others.
      const where = error instanceof TopicError ? '' : `${topic}: `;
      this.warn(located(error, where));
    }
  }

  private device(id: string): Device {
    const known = this.devices.get(id);
    if (known) return known;
    const { identity, activity } = this.options;
    const { enrolSeconds } = identity ?? {};
    const recognizer =
      identity && this.context.gallery
        ? new Recognizer(identity.model, this.context.gallery, {
            threshold: identity.threshold,
            windows: identity.windows,
            lowestQuality: identity.lowestQuality ?? defaultLowestQuality,
            autoEnrol: enrolSeconds === undefined ? undefined : { subject: id, seconds: enrolSeconds },
          })
        : undefined;
    const activityRecognizer = activity && new ActivityRecognizer(activity.model, activity);
    const normalize = identity?.model.normalize;
    const emit = (result: SessionResult) => this.publish(id, result);
    const session = new DeviceSession({ device: id, recognizer, activityRecognizer, normalize, emit });
    const device: Device = { id, session, recognizer, commands: [], losses: new LossReport(id) };
    this.forgetIdleDevice();
    this.devices.set(id, device);
    return device;
  }

  /** With very many devices, the one that was heard of first makes room. */
  private forgetIdleDevice(): void {
    const [oldest] = this.devices.keys();
    if (oldest !== undefined && this.devices.size >= mostDevices) this.devices.delete(oldest);
  }

  private publish(device: string, result: SessionResult): void {
    const { kind } = result;
    this.publisher.publish(device, kind, result.body as MessageBody<typeof kind>);
    this.options.onResult?.(device, result);
  }

  private warn(error: Error): void {
    this.options.onWarning?.(error);
  }
}

/** The error with the topic in front, and its hint. */
function located(error: unknown, where: string): Error {
  const { message, hint } = error as { message?: string; hint?: string };
  return new RuntimeError(`${where}${message ?? String(error)}`, hint ?? 'The gateway goes on.', { cause: error });
}
