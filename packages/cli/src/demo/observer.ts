/** Listens to the published results of a demo, as any application would, and holds them against what the sources know. */

import { type BrokerOptions, clientOptions } from '@edgebeat/runtime';
import type { SimulatedWatch } from '@edgebeat/sim-device';
import { decodeMessage, type Message, parseTopic, subscriptionFilter } from '@edgebeat/wire';
import mqtt, { type MqttClient } from 'mqtt';

/** What is known of one watch. */
export interface Observation {
  readonly device: string;
  /** Beats published, in the time that counts. */
  beats: number;
  /** Answers on identity after the enrolment, and how many of them name the one who wears the watch. */
  answers: number;
  right: number;
  heartRate: number | null;
  sqi: number | null;
  reasons: readonly string[];
  /** Latest answer. */
  identity: Message<'identity'> | undefined;
  /** Whether the first wearer's template is complete. */
  enrolled: boolean;
  /** Time of the stream (s) of the first right answer after the swap. */
  noticedSeconds: number | undefined;
}

export interface ObserverOptions {
  readonly broker: BrokerOptions;
  readonly watches: ReadonlyMap<string, SimulatedWatch>;
  /** µs since 1970 at which the sources begin. */
  readonly startTimeUs: number;
  /** Results from this second of the stream on do not count. */
  readonly seconds: number;
  readonly swappedSeconds: number;
}

const kinds = ['beat', 'identity', 'quality'] as const;

export class Observer {
  readonly observations: ReadonlyMap<string, Observation>;
  private readonly options: ObserverOptions;
  private readonly client: MqttClient;

  private constructor(options: ObserverOptions, client: MqttClient) {
    this.options = options;
    this.client = client;
    this.observations = new Map(Array.from(options.watches.keys(), (device) => [device, emptyObservation(device)]));
    client.on('message', (topic, payload) => this.receive(topic, payload));
  }

  static async start(options: ObserverOptions): Promise<Observer> {
    const settings = { ...clientOptions(options.broker, `edgebeat-demo-${process.pid}`), clean: true };
    const client = await mqtt.connectAsync(options.broker.url, settings);
    const observer = new Observer(options, client);
    await client.subscribeAsync(
      kinds.map((kind) => subscriptionFilter(kind)),
      { qos: 1 },
    );
    return observer;
  }

  /** Publishes a message, as an application would. */
  async publish(topic: string, payload: string): Promise<void> {
    await this.client.publishAsync(topic, payload, { qos: 1 });
  }

  async stop(): Promise<void> {
    await this.client.endAsync();
  }

  private receive(topic: string, payload: Uint8Array): void {
    const { device, kind } = parseTopic(topic);
    const observation = this.observations.get(device);
    if (!observation) return;
    if (kind === 'beat') this.beat(observation, decodeMessage('beat', payload));
    else if (kind === 'identity') this.identity(observation, decodeMessage('identity', payload));
    else if (kind === 'quality') {
      const { sqi, reasons } = decodeMessage('quality', payload);
      observation.sqi = sqi;
      observation.reasons = reasons;
      if (reasons.includes('lead-off')) observation.heartRate = null;
    }
  }

  private secondsOf(timeUs: number): number {
    return (timeUs - this.options.startTimeUs) / 1e6;
  }

  private beat(observation: Observation, { rTimeUs, heartRate }: Message<'beat'>): void {
    observation.heartRate = heartRate;
    if (this.secondsOf(rTimeUs) < this.options.seconds) observation.beats++;
  }

  private identity(observation: Observation, message: Message<'identity'>): void {
    observation.identity = message;
    if (message.enrolment?.state === 'done') observation.enrolled = true;
    if (message.decision === 'enrolling' || !observation.enrolled) return;
    const truth = this.options.watches.get(message.device)!.truthAt(message.windowEndUs);
    const seconds = this.secondsOf(message.windowEndUs);
    if (truth.identity === null || seconds >= this.options.seconds) return;
    const isRight = message.identity === truth.identity;
    observation.answers++;
    if (isRight) observation.right++;
    if (isRight && seconds > this.options.swappedSeconds) observation.noticedSeconds ??= seconds;
  }
}

function emptyObservation(device: string): Observation {
  return {
    device,
    beats: 0,
    answers: 0,
    right: 0,
    heartRate: null,
    sqi: null,
    reasons: [],
    identity: undefined,
    enrolled: false,
    noticedSeconds: undefined,
  };
}
