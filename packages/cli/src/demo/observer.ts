/** Listens to the published results of a demo, as any application would, and holds them against what the sources know. */

import { type BrokerOptions, clientOptions } from '@edgebeat/runtime';
import type { SimulatedWatch, Truth } from '@edgebeat/sim-device';
import { decodeMessage, type Message, parseTopic, subscriptionFilter } from '@edgebeat/wire';
import mqtt, { type MqttClient } from 'mqtt';
import type { Timeline } from './scenario.js';

/** What is known of one watch. */
export interface Observation {
  readonly device: string;
  /** Beats published, in the time that counts. */
  beats: number;
  /** Answers on identity after the enrolment that decide, and how many of them name the one who wears the watch, or no one for a stranger. */
  answers: number;
  right: number;
  /** Answers after the enrolment that leave it open: windows too noisy to look at. */
  undecided: number;
  /** Answers on activity over windows in which the wearer did one thing, and how many of them name it. */
  decisions: number;
  agreeing: number;
  heartRate: number | null;
  sqi: number | null;
  reasons: readonly string[];
  /** Latest answer. */
  identity: Message<'identity'> | undefined;
  activity: Message<'activity'> | undefined;
  /** Whether the first wearer's template is complete. */
  enrolled: boolean;
  /** Time of the stream (s) of the first right answer after the swap. */
  noticedSeconds: number | undefined;
}

export interface ObserverOptions {
  readonly broker: BrokerOptions;
  readonly watches: ReadonlyMap<string, SimulatedWatch>;
  /** Who is to enrol, by device; strangers' devices are not among them. */
  readonly subjects: ReadonlyMap<string, string>;
  /** µs since 1970 at which the sources begin. */
  readonly startTimeUs: number;
  readonly timeline: Timeline;
}

const kinds = ['beat', 'identity', 'activity', 'quality'] as const;
/** Between two looks at what is true during an answer's windows, µs. */
const truthStepUs = 100_000;

export class Observer {
  readonly observations: ReadonlyMap<string, Observation>;
  private readonly options: ObserverOptions;
  private readonly client: MqttClient;
  private readonly subjects: ReadonlySet<string>;

  private constructor(options: ObserverOptions, client: MqttClient) {
    this.options = options;
    this.client = client;
    this.subjects = new Set(options.subjects.values());
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

  /** Whether a wearer is none of those who enrol. */
  isStranger(wearer: string | null): boolean {
    return wearer !== null && !this.subjects.has(wearer);
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
    else if (kind === 'activity') this.activity(observation, decodeMessage('activity', payload));
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
    if (this.secondsOf(rTimeUs) < this.options.timeline.seconds) observation.beats++;
  }

  private identity(observation: Observation, message: Message<'identity'>): void {
    observation.identity = message;
    if (message.enrolment?.state === 'done') observation.enrolled = true;
    if (message.decision === 'enrolling' || !this.counts(observation)) return;
    const truth = this.options.watches.get(message.device)!.truthAt(message.windowEndUs);
    const seconds = this.secondsOf(message.windowEndUs);
    const { timeline } = this.options;
    if (truth.identity === null || seconds >= timeline.seconds) return;
    if (message.decision === 'undecided') {
      observation.undecided++;
      return;
    }
    const isRight = message.identity === (this.isStranger(truth.identity) ? null : truth.identity);
    observation.answers++;
    if (isRight) observation.right++;
    if (isRight && timeline.swap && seconds > timeline.swap.onSeconds) observation.noticedSeconds ??= seconds;
  }

  /** Answers count from the device's enrolment on; on a stranger's device, from that of everybody on. */
  private counts({ device, enrolled }: Observation): boolean {
    if (this.options.subjects.has(device)) return enrolled;
    return Array.from(this.options.subjects.keys()).every((other) => this.observations.get(other)!.enrolled);
  }

  private activity(observation: Observation, message: Message<'activity'>): void {
    observation.activity = message;
    const { activity, windowStartUs = message.windowEndUs, windowEndUs } = message;
    const { seconds, activityFromSeconds } = this.options.timeline;
    if (activity === null || this.secondsOf(windowStartUs) < activityFromSeconds) return;
    if (this.secondsOf(windowEndUs) >= seconds) return;
    const truth = this.steadyTruth(message.device, windowStartUs, windowEndUs);
    if (!truth || truth.activity === null) return;
    observation.decisions++;
    if (activity === truth.activity) observation.agreeing++;
  }

  /** What is true all through a stretch of time; undefined where the wearer or the activity changes in it. */
  private steadyTruth(device: string, fromUs: number, toUs: number): Truth | undefined {
    const watch = this.options.watches.get(device)!;
    const first = watch.truthAt(fromUs);
    for (let atUs = fromUs + truthStepUs; atUs < toUs + truthStepUs; atUs += truthStepUs) {
      const { identity, activity } = watch.truthAt(Math.min(atUs, toUs - 1));
      if (identity !== first.identity || activity !== first.activity) return undefined;
    }
    return first;
  }
}

function emptyObservation(device: string): Observation {
  return {
    device,
    beats: 0,
    answers: 0,
    right: 0,
    undecided: 0,
    decisions: 0,
    agreeing: 0,
    heartRate: null,
    sqi: null,
    reasons: [],
    identity: undefined,
    activity: undefined,
    enrolled: false,
    noticedSeconds: undefined,
  };
}
