/**
 * The watch's connection to its broker: comes back by itself, and gives back whatever was not acknowledged when it broke.
 * MQTT.js is asked for one connection at a time and never to reconnect, since its store does not survive everything; what
 * is unacknowledged stays with the watch (`Outbox`).
 */
import { type BrokerOptions, requireBrokerUrl, type TopicKind, topicOf, topicProperties } from '@edgebeat/wire';
import mqtt, { type IClientOptions, type IClientPublishOptions, type MqttClient } from 'mqtt';
import type { Random } from '../random.js';
import { WatchError } from './watch-error.js';

export interface BrokerLinkOptions {
  readonly broker: BrokerOptions;
  readonly device: string;
  /** What the broker publishes as the device's status when the connection dies. */
  readonly will: string;
  readonly random: Random;
  /** The connection is there. */
  readonly onUp: () => void;
  /** The connection is gone: nothing that is still in flight will be acknowledged. */
  readonly onDown: () => void;
  readonly onWarning: (error: Error) => void;
  /** Told of what others publish on the device's topic `cmd`; nothing is subscribed to where not given. */
  readonly onCommand?: (payload: Uint8Array) => void;
}

const KEEPALIVE_SECONDS = 15;
const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;
/** Most unacknowledged messages that MQTT allows where the broker states no limit. */
const RECEIVE_MAXIMUM = 65_535;

export class BrokerLink {
  readonly #options: BrokerLinkOptions;
  readonly #settings: IClientOptions;
  #client: MqttClient | undefined;
  #up = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #connections = 0;
  #receiveMaximum = RECEIVE_MAXIMUM;

  /** @throws BrokerError for an address that is none; TopicError for a device id that is none. */
  constructor(options: BrokerLinkOptions) {
    const { broker, device } = options;
    requireBrokerUrl(broker.url);
    this.#options = options;
    this.#settings = clientOptions(broker, device, options.will);
  }

  get up(): boolean {
    return this.#up;
  }

  /** Connections so far. */
  get connections(): number {
    return this.#connections;
  }

  /** Most messages that the broker takes unacknowledged. */
  get receiveMaximum(): number {
    return this.#receiveMaximum;
  }

  /**
   * Connects; from then on the link comes back by itself.
   *
   * @throws WatchError where the broker cannot be reached or refuses the first time.
   */
  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#stop();
      throw error instanceof WatchError ? error : this.#unreachable(error as Error);
    }
  }

  /**
   * Publishes with QoS 1 on a topic of the device. `acknowledged` is called when the broker has the message, and never when
   * there is no connection or it breaks before.
   */
  publish(kind: TopicKind, payload: Uint8Array | string, acknowledged: () => void): void {
    const client = this.#client;
    if (client === undefined || !this.#up) return;
    const message =
      typeof payload === 'string' ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.length);
    const options = publishOptions(kind, this.#options.broker.protocolVersion);
    client.publish(topicOf(this.#options.device, kind), message, options, (error) => {
      if (client !== this.#client || !this.#up) return;
      if (error) this.#options.onWarning(error);
      else acknowledged();
    });
  }

  /** Takes leave of the broker, which then publishes no last will. */
  async close(): Promise<void> {
    this.#stop();
    await this.#client?.endAsync(!this.#up);
  }

  /** Breaks the connection without a word and does not come back: the broker publishes the last will. */
  kill(): void {
    this.#stop();
    this.#up = false;
    this.#client?.end(true);
  }

  #stop(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
  }

  /** One connection. Rejects where it does not come about; once it breaks, the next attempt is on its way. */
  #connect(): Promise<void> {
    const client = mqtt.connect(this.#options.broker.url, { ...this.#settings });
    this.#client = client;
    return new Promise((resolve, reject) => {
      let reason: Error | undefined;
      client.on('error', (error) => {
        reason = error;
      });
      client.once('connect', (packet) => {
        this.#up = true;
        this.#retryMs = FIRST_RETRY_MS;
        this.#connections++;
        this.#receiveMaximum = packet.properties?.receiveMaximum ?? RECEIVE_MAXIMUM;
        this.#hearCommands(client);
        resolve();
        this.#options.onUp();
      });
      client.once('close', () => {
        const error = this.#unreachable(reason);
        this.#down(error);
        client.end(true);
        reject(error);
      });
    });
  }

  #hearCommands(client: MqttClient): void {
    const { device, onCommand, onWarning } = this.#options;
    if (onCommand === undefined) return;
    client.on('message', (_, payload) => onCommand(payload));
    client.subscribe(topicOf(device, 'cmd'), { qos: topicProperties.cmd.qos }, (error) => {
      if (error && client === this.#client && this.#up) onWarning(error);
    });
  }

  #down(error: Error): void {
    const wasUp = this.#up;
    this.#up = false;
    if (wasUp) this.#options.onDown();
    if (this.#closed || this.#connections === 0) return;
    if (wasUp) this.#options.onWarning(error);
    const delay = this.#retryMs * this.#options.random.uniform(0.8, 1.2);
    this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs);
    this.#retry = setTimeout(() => {
      // By the time a failure arrives here, the attempt after it is on its way.
      this.#connect().catch(() => {});
    }, delay);
  }

  #unreachable(reason: Error | undefined): WatchError {
    // OpenSSL ends its messages with a line break.
    const why = reason?.message.trim() || 'the connection was closed';
    const problem = `broker ${this.#options.broker.url}: ${why}`;
    return new WatchError(
      problem,
      'Start the broker, or check its address, port, credentials and version of MQTT.',
      reason,
    );
  }
}

function clientOptions(broker: BrokerOptions, device: string, will: string): IClientOptions {
  const { qos, retain, contentType } = topicProperties.status;
  const { url: _, protocolVersion, ...credentials } = broker;
  return {
    ...credentials,
    protocolVersion,
    clientId: `edgebeat-${device}`,
    clean: true,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    will: {
      topic: topicOf(device, 'status'),
      payload: Buffer.from(will),
      qos,
      retain,
      ...(protocolVersion === 5 && { properties: { contentType, payloadFormatIndicator: true } }),
    },
  };
}

function publishOptions(kind: TopicKind, protocolVersion: 4 | 5): IClientPublishOptions {
  const { qos, retain, contentType, ...rest } = topicProperties[kind];
  if (protocolVersion === 4) return { qos, retain };
  const expiry = 'messageExpirySeconds' in rest ? { messageExpiryInterval: rest.messageExpirySeconds } : {};
  return { qos, retain, properties: { contentType, ...expiry } };
}
