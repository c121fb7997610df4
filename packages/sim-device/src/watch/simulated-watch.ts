/** A simulated watch: streams an ECG source to a broker as a real one would. */
import { randomInt } from 'node:crypto';
import { type BrokerOptions, type DeviceState, encodeFrame, encodeMessage, type Frame, topicOf } from '@edgebeat/wire';
import { Random } from '../random.js';
import type { EcgSource, Truth } from '../source/ecg-source.js';
import { BrokerLink } from './broker-link.js';
import { Courier } from './courier.js';
import { FaultInjector, type FaultPlan } from './faults.js';
import { FramePacker, type PackedFrame } from './frame-packer.js';
import { Pacer } from './pacer.js';
import { Wakers } from './wakers.js';
import { WatchError } from './watch-error.js';

export interface SimulatedWatchOptions {
  readonly device: string;
  readonly source: EcgSource;
  readonly broker: BrokerOptions;
  /** 1 is real time, 10 ten times as fast, `max` as fast as the broker takes it. Default 1. */
  readonly rate?: number | 'max';
  /** Of the stream ids. Drawn at random where not given, as a real watch does at boot. */
  readonly seed?: string | number;
  /** Length of a frame, ms. Default 200. */
  readonly frameMs?: number;
  /** Nanovolts of one step of the converter. Default 1,000, which reaches ±32.7 mV. */
  readonly scaleNanovolts?: number;
  /** When the source begins, µs since 1970. Now, where not given. */
  readonly startTimeUs?: number;
  /** Whether the watch says that its clock was never set. Default false. */
  readonly clockUnsynchronised?: boolean;
  /** Frames that may be unacknowledged at the broker. Default 16. */
  readonly window?: number;
  /** Frames that are kept while there is no connection; the oldest give way. Default 3,000. */
  readonly queueFrames?: number;
  readonly faults?: FaultPlan;
  /** Told of every frame as it is made, with the true R peaks in it, µs, where the source knows them. */
  readonly onFrame?: (frame: Frame, beatsUs: readonly number[] | undefined) => void;
  /** Told of what went wrong without stopping the watch: a lost connection. */
  readonly onWarning?: (error: Error) => void;
}

/** What a watch did. */
export interface WatchReport {
  readonly device: string;
  /** Of the latest stream. */
  readonly streamId: number;
  /** Frames that were made. */
  readonly framesMade: number;
  /** Frames that the broker acknowledged (a duplicate counts twice), and their bytes. */
  readonly framesSent: number;
  readonly bytes: number;
  /** Frames that found no room while there was no connection. */
  readonly framesDropped: number;
  /** Frames that were not acknowledged when the report was made. */
  readonly framesWaiting: number;
  readonly reconnects: number;
  /** True R peaks in the frames made; null where the source does not know them. */
  readonly beats: number | null;
  /** Length of signal in the frames made, gaps included, s. */
  readonly seconds: number;
}

/** How long a watch that ends waits for its broker, ms; and for one that is away. */
const PARTING_MS = 3000;
const PARTING_AWAY_MS = 500;

export class SimulatedWatch {
  readonly #options: SimulatedWatchOptions;
  readonly #rate: number | 'max';
  readonly #random: Random;
  readonly #packer: FramePacker;
  readonly #faults: FaultInjector;
  readonly #window: number;
  readonly #link: BrokerLink;
  readonly #courier: Courier;
  readonly #stopping = new AbortController();
  readonly #startTimeUs: number;
  /** Woken when frames were acknowledged, or the connection changed. */
  readonly #wakers = new Wakers();
  #state: DeviceState = 'init';
  #started = false;
  #running: Promise<WatchReport> | undefined;
  /** The latest status that the broker has acknowledged. */
  #acknowledgedState: DeviceState | undefined;
  /** Whether to wait no longer for the broker. */
  #gaveUp = false;
  #patience: NodeJS.Timeout | undefined;
  #ended = false;
  #framesMade = 0;
  #beats: number | null = 0;
  #seconds = 0;

  /** @throws WatchError, BrokerError or TopicError for an option that cannot be. */
  constructor(options: SimulatedWatchOptions) {
    const { rate = 1, frameMs = 200, scaleNanovolts = 1000, window = 16, queueFrames = 3000 } = options;
    if (rate !== 'max') requirePositive('rate', rate);
    for (const [name, value] of Object.entries({ frameMs, scaleNanovolts, window, queueFrames })) {
      requirePositive(name, value);
    }
    // A bad device id is said to be one, rather than to spoil the first message.
    topicOf(options.device, 'ecg');
    this.#options = options;
    this.#rate = rate;
    this.#startTimeUs = options.startTimeUs ?? Date.now() * 1000;
    this.#random = new Random(options.seed ?? randomInt(2 ** 47)).split('watch');
    const streamIds = this.#random.split('stream ids');
    this.#packer = new FramePacker({
      source: options.source,
      frameSeconds: frameMs / 1000,
      scaleNanovolts,
      startTimeUs: this.#startTimeUs,
      clockUnsynchronised: options.clockUnsynchronised ?? false,
      drawStreamId: () => streamIds.uint32(),
    });
    this.#faults = new FaultInjector(options.faults ?? new Map());
    this.#window = window;
    this.#link = new BrokerLink({
      broker: options.broker,
      device: options.device,
      will: this.#status('lost', null),
      random: this.#random.split('link'),
      onUp: () => this.#connected(),
      onDown: () => this.#disconnected(),
      onWarning: (error) => options.onWarning?.(error),
    });
    this.#courier = new Courier({
      ...{ link: this.#link, capacity: queueFrames, window },
      // For a status.
      reserved: 1,
      onAcknowledged: () => this.#wakers.wake(),
    });
  }

  get report(): WatchReport {
    return {
      device: this.#options.device,
      streamId: this.#packer.streamId,
      framesMade: this.#framesMade,
      framesSent: this.#courier.sent,
      bytes: this.#courier.bytes,
      framesDropped: this.#courier.dropped,
      framesWaiting: this.#courier.size,
      reconnects: Math.max(0, this.#link.connections - 1),
      beats: this.#beats,
      seconds: this.#seconds,
    };
  }

  /** What is true at a time of the stream, µs. */
  truthAt(timeUs: number): Truth {
    return this.#options.source.truthAt((timeUs - this.#startTimeUs) / 1e6);
  }

  /**
   * Connects and begins to stream; resolves, too, when `stop` or `kill` comes first.
   *
   * @throws WatchError where the broker cannot be reached, or the watch was started before.
   */
  async start(): Promise<void> {
    if (this.#started) throw new WatchError('the watch has been started before', 'Make a new one.');
    this.#started = true;
    if (this.#stopping.signal.aborted) return;
    try {
      await this.#link.open();
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error;
    }
    this.#running ??= this.#run();
  }

  /**
   * Resolves when the source has ended and the broker has every frame, however long it is away; or after `stop` or `kill`.
   */
  get finished(): Promise<WatchReport> {
    return this.#running ?? Promise.reject(new WatchError('the watch was never started', 'Call start first.'));
  }

  /**
   * Ends in good order: no new frames, the old ones acknowledged, status `disconnected`. Gives the broker 3 s, half a second
   * while it is away. A watch that is not connected yet gives up connecting.
   */
  async stop(): Promise<WatchReport> {
    this.#stopping.abort();
    if (this.#running === undefined) {
      this.#link.kill();
      this.#running = Promise.resolve(this.report);
    } else this.#waitNoLongerThan(this.#link.up ? PARTING_MS : PARTING_AWAY_MS);
    this.#wakers.wake();
    return this.#running;
  }

  /** Dies: the connection breaks, nothing more is sent, and the broker publishes the last will. */
  async kill(): Promise<WatchReport> {
    this.#gaveUp = true;
    this.#link.kill();
    return this.stop();
  }

  async #run(): Promise<WatchReport> {
    await this.#produce();
    await this.#wakers.until(() => this.#courier.size === 0 || this.#gaveUp);
    this.#waitNoLongerThan(PARTING_MS);
    this.#announce('disconnected');
    await this.#wakers.until(() => this.#acknowledgedState === 'disconnected' || this.#gaveUp);
    this.#ended = true;
    clearTimeout(this.#patience);
    await this.#link.close();
    return this.report;
  }

  #waitNoLongerThan(ms: number): void {
    if (this.#ended) return;
    this.#patience ??= setTimeout(() => {
      this.#gaveUp = true;
      this.#wakers.wake();
    }, ms);
  }

  /** Makes frames in their time until the source ends or the watch is stopped. */
  async #produce(): Promise<void> {
    const { signal } = this.#stopping;
    const { frameMs = 200 } = this.#options;
    // Watches that are started together do not all tick together.
    const delayMs = this.#random.split('phase').uniform(0, frameMs);
    const pacer = this.#rate === 'max' ? undefined : new Pacer(this.#rate, delayMs);
    while (!signal.aborted) {
      if (pacer === undefined) await this.#wakers.until(() => this.#courier.size < this.#window || signal.aborted);
      const packed = this.#packer.next();
      if (packed === undefined) break;
      await pacer?.until(packed.endSeconds, signal);
      if (signal.aborted) return;
      this.#send(packed);
    }
    for (const bytes of this.#faults.rest()) this.#courier.put('ecg', bytes);
    this.#courier.pump();
  }

  #send({ frame, endSeconds, beatsUs }: PackedFrame): void {
    this.#framesMade++;
    this.#seconds = endSeconds;
    this.#beats = this.#beats === null || beatsUs === undefined ? null : this.#beats + beatsUs.length;
    this.#options.onFrame?.(frame, beatsUs);
    if (this.#state === 'init') this.#announce('ready');
    for (const bytes of this.#faults.apply(encodeFrame(frame))) this.#courier.put('ecg', bytes);
    this.#courier.pump();
  }

  #connected(): void {
    this.#announce(this.#state);
    this.#courier.pump();
    this.#wakers.wake();
  }

  #disconnected(): void {
    this.#courier.returnInFlight();
    this.#wakers.wake();
  }

  #announce(state: DeviceState): void {
    this.#state = state;
    this.#link.publish('status', this.#status(state, Date.now() * 1000), () => {
      this.#acknowledgedState = state;
      this.#wakers.wake();
    });
  }

  #status(state: DeviceState, timeUs: number | null): string {
    const { device, source } = this.#options;
    const software = source.name.slice(0, 128);
    return encodeMessage('status', { device, state, streamId: this.#packer.streamId, timeUs, software });
  }
}

function requirePositive(name: string, value: number): void {
  if (value > 0) return;
  throw new WatchError(`${name} is ${value}`, 'Give a number above 0, or leave it out.');
}
