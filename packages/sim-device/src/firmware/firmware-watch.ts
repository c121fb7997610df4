/** A watch whose answers firmware gives: reads a source, and publishes what the firmware tells on the device's topics. */
import { randomInt } from 'node:crypto';
import {
  type BrokerOptions,
  type CommandMessage,
  type DeviceState,
  decodeMessage,
  encodeMessage,
  type TopicKind,
  topicOf,
} from '@edgebeat/wire';
import { Random } from '../random.js';
import type { EcgSource } from '../source/ecg-source.js';
import { BrokerLink } from '../watch/broker-link.js';
import { Courier } from '../watch/courier.js';
import { Wakers } from '../watch/wakers.js';
import { type BoardFigures, boardFigures } from './board-figures.js';
import type { FirmwareTransport } from './firmware-link.js';
import { type MessageContext, messageOf } from './firmware-messages.js';
import { FirmwareRun } from './firmware-run.js';
import { cancelRecord, enrolRecord, forgetRecord, type WatchSettings } from './link-commands.js';
import type { AppState, FirmwareEvent } from './link-events.js';
import { ENROLMENT, LOWEST_QUALITY } from './watch-defaults.js';

export interface FirmwareWatchOptions {
  readonly device: string;
  readonly source: EcgSource;
  readonly transport: FirmwareTransport;
  /** What it runs on, for status messages: `cortex-m55`. */
  readonly platform: string;
  readonly broker: BrokerOptions;
  /** What is published: what the firmware finds, its frames, or both. Default `both`. */
  readonly publish?: 'answers' | 'ecg' | 'both';
  readonly settings?: Partial<Omit<WatchSettings, 'rateMilliHertz' | 'frameSamples'>>;
  /** 1 is real time, `max` as fast as firmware and broker take it. Default 1. */
  readonly rate?: number | 'max';
  /** Length of a frame, ms. Default 200. */
  readonly frameMs?: number;
  /** Messages that may be unacknowledged at the broker. Default 64. */
  readonly window?: number;
  /** Told of all that the firmware tells. */
  readonly onEvent?: (event: FirmwareEvent) => void;
  readonly onWarning?: (error: Error) => void;
}

/** What a watch with firmware did. */
export interface FirmwareWatchReport {
  readonly device: string;
  readonly streamId: number;
  /** What it runs on, and the network in it. */
  readonly platform: string;
  readonly model: string;
  /** Length of signal, gaps included, s. */
  readonly seconds: number;
  readonly beats: number;
  /** Answers on the wearer; decisions among them by their kind. */
  readonly answers: number;
  readonly decisions: Readonly<Record<string, number>>;
  readonly framesMade: number;
  /** Messages that the broker acknowledged, and their bytes. */
  readonly messagesSent: number;
  readonly bytes: number;
  /** Messages that found no room while there was no connection. */
  readonly messagesDropped: number;
  readonly reconnects: number;
  /** Of a board; null where the firmware runs elsewhere. */
  readonly figures: BoardFigures | null;
}

/** Messages kept while there is no connection; the oldest give way. */
const QUEUE_MESSAGES = 10_000;
/** How long the watch waits for its broker in the end, ms. */
const PARTING_MS = 3000;

export class FirmwareWatch {
  readonly #options: FirmwareWatchOptions;
  readonly #settings: Omit<WatchSettings, 'rateMilliHertz' | 'frameSamples'>;
  readonly #link: BrokerLink;
  readonly #courier: Courier;
  readonly #run: FirmwareRun;
  readonly #stopping = new AbortController();
  #context: MessageContext | undefined;
  readonly #wakers = new Wakers();
  #state: DeviceState = 'init';
  #gaveUp = false;
  #beats = 0;
  #answers = 0;
  readonly #decisions: Record<string, number> = {};
  #framesMade = 0;
  #figures: BoardFigures | null = null;

  /** @throws BrokerError or TopicError for an option that cannot be. */
  constructor(options: FirmwareWatchOptions) {
    topicOf(options.device, 'ecg');
    this.#options = options;
    this.#settings = {
      scaleNanovolts: 1000,
      streamId: randomInt(2 ** 32),
      startTimeUs: Date.now() * 1000,
      lowestQuality: LOWEST_QUALITY,
      ...options.settings,
    };
    this.#link = new BrokerLink({
      broker: options.broker,
      device: options.device,
      will: this.#status('lost', null),
      random: new Random(this.#settings.streamId).split('link'),
      onUp: () => this.#connected(),
      onDown: () => this.#disconnected(),
      onWarning: (error) => this.#warn(error),
      onCommand: (payload) => this.#obey(payload),
    });
    this.#courier = new Courier({
      ...{ link: this.#link, capacity: QUEUE_MESSAGES, window: this.#window, reserved: 0 },
      onAcknowledged: () => this.#wakers.wake(),
    });
    this.#run = new FirmwareRun({
      source: options.source,
      transport: options.transport,
      settings: this.#settings,
      frameSeconds: (options.frameMs ?? 200) / 1000,
      rate: options.rate ?? 1,
      onEvent: (event) => this.#tell(event),
      hold: () => this.#wakers.until(() => this.#courier.size < this.#window || this.#stopping.signal.aborted),
    });
  }

  get report(): FirmwareWatchReport {
    return {
      device: this.#options.device,
      streamId: this.#settings.streamId,
      platform: this.#options.platform,
      model: this.#context?.model ?? '',
      seconds: this.#run.progress.seconds,
      beats: this.#beats,
      answers: this.#answers,
      decisions: { ...this.#decisions },
      framesMade: this.#framesMade,
      messagesSent: this.#courier.sent,
      bytes: this.#courier.bytes,
      messagesDropped: this.#courier.dropped,
      reconnects: Math.max(0, this.#link.connections - 1),
      figures: this.#figures,
    };
  }

  /**
   * Connects, streams until the source has ended or `stop` is called, and takes leave of the broker once it has everything.
   *
   * @throws WatchError where the broker cannot be reached; FirmwareError where the firmware cannot be run.
   */
  async play(): Promise<FirmwareWatchReport> {
    try {
      await this.#link.open();
      await this.#run.run(this.#stopping.signal);
      await this.#wakers.until(() => this.#courier.size === 0 || this.#gaveUp);
      this.#announce('disconnected');
      this.#waitNoLongerThan(PARTING_MS);
      await this.#wakers.until(() => this.#courier.size === 0 || this.#gaveUp);
      await this.#link.close();
      return this.report;
    } catch (error) {
      // The broker publishes the last will.
      this.#link.kill();
      throw error;
    }
  }

  /** No new signal; what is known is still published, for as long as the broker takes it within 3 s. */
  stop(): void {
    this.#stopping.abort();
    this.#waitNoLongerThan(PARTING_MS);
    this.#wakers.wake();
  }

  get #window(): number {
    return this.#options.window ?? 64;
  }

  #waitNoLongerThan(ms: number): void {
    setTimeout(() => {
      this.#gaveUp = true;
      this.#wakers.wake();
    }, ms).unref();
  }

  #tell(event: FirmwareEvent): void {
    this.#options.onEvent?.(event);
    const { device, publish = 'both' } = this.#options;
    if (event.kind === 'started') {
      const { streamId, clockUnsynchronised = false } = this.#settings;
      this.#context = { device, streamId, clockUnsynchronised, model: event.model, threshold: event.threshold };
    } else if (event.kind === 'measured') this.#figures = boardFigures(event);
    else if (event.kind === 'state') this.#follow(event.state);
    else if (event.kind === 'frame') {
      this.#framesMade++;
      if (publish !== 'answers') this.#put('ecg', event.bytes);
    } else this.#answer(event);
  }

  #answer(event: FirmwareEvent): void {
    if (event.kind === 'beat') this.#beats++;
    if (event.kind === 'identity') {
      this.#answers++;
      this.#decisions[event.decision] = (this.#decisions[event.decision] ?? 0) + 1;
    }
    const message = this.#context && messageOf(event, this.#context);
    if (message === undefined || this.#options.publish === 'ecg') return;
    this.#put(message.kind, encodeMessage(message.kind, message.body));
  }

  /** The state of the app as that of the device. */
  #follow(state: AppState): void {
    if (state === 'boot') return;
    const followed = state === 'low-battery' ? 'sleeping' : 'ready';
    if (followed !== this.#state) this.#announce(followed);
  }

  #obey(payload: Uint8Array): void {
    this.#carryOut(payload).catch((error) => this.#warn(error as Error));
  }

  async #carryOut(payload: Uint8Array): Promise<void> {
    const command = decodeMessage('cmd', payload);
    await this.#run.command(recordOf(command), `the command '${command.command}'`);
  }

  #announce(state: DeviceState): void {
    this.#state = state;
    this.#put('status', this.#status(state, Date.now() * 1000));
  }

  #status(state: DeviceState, timeUs: number | null): string {
    const { device, source, platform } = this.#options;
    const software = `firmware on ${platform}, ${source.name}`.slice(0, 128);
    return encodeMessage('status', { device, state, streamId: this.#settings.streamId, timeUs, software });
  }

  #put(kind: TopicKind, payload: string | Uint8Array): void {
    this.#courier.put(kind, payload);
    this.#courier.pump();
  }

  #connected(): void {
    // The last will of an earlier connection may stand there.
    this.#announce(this.#state);
    this.#wakers.wake();
  }

  #disconnected(): void {
    this.#courier.returnInFlight();
    this.#wakers.wake();
  }

  #warn(error: Error): void {
    this.#options.onWarning?.(error);
  }
}

function recordOf(command: CommandMessage): Uint8Array {
  if (command.command === 'cancel-enroll') return cancelRecord();
  if (command.command === 'forget') return forgetRecord(command.subject);
  return enrolRecord(command.subject, {
    ...ENROLMENT,
    ...(command.seconds !== undefined && { seconds: command.seconds }),
  });
}
