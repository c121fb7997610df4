/** Plays a scenario: broker, gateway, watches and an observer in one process, all speaking MQTT with each other. */
import { Gateway, type GatewayOptions, type LatencyPercentiles } from '@edgebeat/runtime';
import { SimulatedWatch, type WatchReport } from '@edgebeat/sim-device';
import { encodeMessage, topicOf } from '@edgebeat/wire';
import { type EmbeddedBroker, startEmbeddedBroker } from '../broker/embedded-broker.js';
import type { LiveState } from './live-table.js';
import { type Observation, Observer } from './observer.js';
import type { Scenario, Timeline } from './scenario.js';

export interface DemonstrationOptions {
  readonly scenario: Scenario;
  readonly identity: NonNullable<GatewayOptions['identity']>;
  /** Without it nothing is said of what wearers do. */
  readonly activity?: GatewayOptions['activity'];
  /** Of the watches' stream ids. */
  readonly seed: string;
  readonly onWarning: (error: Error, device?: string) => void;
}

/** How one watch did. */
export interface WatchOutcome {
  readonly observation: Observation;
  readonly watch: WatchReport;
  /** True R peaks in the time that counts; null where the source does not know them. */
  readonly sourceBeats: number | null;
  /** Whether it changed its wearer. */
  readonly isSwapped: boolean;
  /** Who wore it at the end, and what they did. */
  readonly wearer: string | null;
  readonly sourceActivity: string | null;
  /** Whether the one who wore it at the end never enrolled. */
  readonly isStranger: boolean;
  /** Frames that the gateway never got, or not whole. */
  readonly framesLost: number;
}

interface Parts {
  readonly broker: EmbeddedBroker;
  readonly gateway: Gateway;
  readonly observer: Observer;
  readonly watches: ReadonlyMap<string, SimulatedWatch>;
  readonly sourceBeats: ReadonlyMap<string, { readonly count: number | null }>;
  readonly startTimeUs: number;
}

/** After the last frame results are still on their way for a moment, ms. */
const settleMs = 300;

export class Demonstration {
  readonly timeline: Timeline;
  readonly title: string;
  /** Name of the model that tells who wears a watch, and of the one that tells what they do. */
  readonly model: string;
  readonly activityModel: string | undefined;
  private readonly parts: Parts;
  /** Time at which it was told to stop, µs. */
  private stoppedUs = Number.POSITIVE_INFINITY;

  private constructor({ scenario, identity, activity }: DemonstrationOptions, parts: Parts) {
    this.timeline = scenario.timeline;
    this.title = scenario.title;
    this.model = identity.model.reference.name;
    this.activityModel = activity?.model.reference.name;
    this.parts = parts;
  }

  /** Starts everything; the wearers begin to enrol. */
  static async start(options: DemonstrationOptions): Promise<Demonstration> {
    const { scenario, identity, activity, seed, onWarning } = options;
    const { timeline } = scenario;
    const broker = await startEmbeddedBroker();
    const onGatewayWarning = (error: Error) => onWarning(error);
    const gateway = await Gateway.start({ broker: broker.address, identity, activity, onWarning: onGatewayWarning });
    const startTimeUs = Date.now() * 1000;
    const endUs = startTimeUs + timeline.seconds * 1e6;
    const sourceBeats = new Map(scenario.watches.map(({ device }) => [device, { count: 0 as number | null }]));
    const watches = new Map(
      scenario.watches.map(({ device, source }) => {
        const truth = sourceBeats.get(device)!;
        const onFrame = (_: unknown, beatsUs: readonly number[] | undefined) => {
          if (beatsUs === undefined) truth.count = null;
          else if (truth.count !== null) truth.count += beatsUs.filter((timeUs) => timeUs < endUs).length;
        };
        const settings = { device, source, broker: broker.address, startTimeUs, seed: `${seed}/${device}` };
        const onWatchWarning = (error: Error) => onWarning(error, device);
        return [device, new SimulatedWatch({ ...settings, onFrame, onWarning: onWatchWarning })];
      }),
    );
    const subjects = new Map(scenario.watches.flatMap(({ device, enrols }) => (enrols ? [[device, enrols]] : [])));
    const observer = await Observer.start({ broker: broker.address, watches, subjects, startTimeUs, timeline });
    const demonstration = new Demonstration(options, { broker, gateway, observer, watches, sourceBeats, startTimeUs });
    for (const [device, subject] of subjects) {
      const enroll = { command: 'enroll', subject, seconds: timeline.enrolSeconds } as const;
      await observer.publish(topicOf(device, 'cmd'), encodeMessage('cmd', enroll));
    }
    await Promise.all(Array.from(watches.values(), (watch) => watch.start()));
    return demonstration;
  }

  /** The models that answer, for people. */
  get models(): string {
    return [this.model, ...(this.activityModel === undefined ? [] : [this.activityModel])].join(' and ');
  }

  get latency(): LatencyPercentiles {
    return this.parts.gateway.answerLatency;
  }

  /** Seconds since the beginning, until the end. */
  get elapsedSeconds(): number {
    return (Math.min(Date.now() * 1000, this.endUs) - this.parts.startTimeUs) / 1e6;
  }

  private get endUs(): number {
    return Math.min(this.parts.startTimeUs + Math.round(this.timeline.seconds * 1e6), this.stoppedUs);
  }

  /** How things stand. */
  get state(): LiveState {
    const nowUs = Math.min(Date.now() * 1000, this.endUs);
    return {
      title: this.title,
      models: this.models,
      elapsedSeconds: this.elapsedSeconds,
      timeline: this.timeline,
      latency: this.latency,
      rows: Array.from(this.parts.watches, ([device, watch]) => {
        const truth = watch.truthAt(nowUs);
        const observation = this.parts.observer.observations.get(device)!;
        return { observation, truth, isStranger: this.parts.observer.isStranger(truth.identity) };
      }),
    };
  }

  /** Resolves when every source has ended, or on abort. */
  async play(signal: AbortSignal): Promise<void> {
    const stopAll = () => {
      this.stoppedUs = Date.now() * 1000;
      // What goes wrong is what they finish with.
      for (const watch of this.parts.watches.values()) watch.stop().catch(() => {});
    };
    if (signal.aborted) stopAll();
    else signal.addEventListener('abort', stopAll, { once: true });
    await Promise.all(Array.from(this.parts.watches.values(), (watch) => watch.finished));
    signal.removeEventListener('abort', stopAll);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  }

  get outcomes(): WatchOutcome[] {
    const reports = new Map(this.parts.gateway.reports.map((report) => [report.device, report]));
    const lastUs = this.endUs - 1;
    return Array.from(this.parts.watches, ([device, watch]) => {
      const counters = reports.get(device);
      const { identity, activity } = watch.truthAt(lastUs);
      const observation = this.parts.observer.observations.get(device)!;
      return {
        observation,
        watch: watch.report,
        sourceBeats: this.parts.sourceBeats.get(device)!.count,
        isSwapped: identity !== watch.truthAt(this.parts.startTimeUs).identity,
        wearer: identity,
        sourceActivity: activity,
        isStranger: this.parts.observer.isStranger(identity),
        framesLost: watch.report.framesMade - (counters?.delivered ?? 0),
      };
    });
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.parts.watches.values(), (watch) => watch.stop()));
    await this.parts.gateway.stop();
    await this.parts.observer.stop();
    await this.parts.broker.close();
  }
}
