/** The firmware's app at the other end of a link: records go in, each is acknowledged, and events come out. */
import { FirmwareError } from './firmware-error.js';
import { stopRecord } from './link-commands.js';
import { decodeEvent, type FirmwareEvent, type LinkStatus } from './link-events.js';
import { RecordReader } from './link-records.js';

/** Where firmware runs: an emulated board, WebAssembly, a program of this computer. */
export interface FirmwareTransport {
  /** Begins to carry bytes. `onEnd` is called once, when no more come: with what went wrong, if anything did. */
  open(onBytes: (bytes: Uint8Array) => void, onEnd: (error?: Error) => void): void;
  write(bytes: Uint8Array): void;
  /** The firmware was told to stop: resolves when nothing more comes from it. */
  close(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

interface Waiting {
  readonly type: number;
  readonly resolve: (status: LinkStatus) => void;
  readonly reject: (error: Error) => void;
}

/** Records that may be on their way unacknowledged. */
const WINDOW = 8;
/** How long firmware may be silent while a record waits, ms: many times what an emulated network takes for a window. */
const PATIENCE_MS = 60_000;

export class FirmwareLink {
  readonly #transport: FirmwareTransport;
  readonly #onEvent: (event: FirmwareEvent) => void;
  readonly #reader = new RecordReader();
  readonly #patienceMs: number;
  #patience: NodeJS.Timeout | undefined;
  #waiting: Waiting[] = [];
  #room: (() => void)[] = [];
  #failure: Error | undefined;

  /**
   * @param onEvent told of every event but acknowledgements, in order.
   * @param patienceMs how long firmware may be silent while a record waits; then it is ended.
   */
  constructor(transport: FirmwareTransport, onEvent: (event: FirmwareEvent) => void, patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
    this.#transport = transport;
    this.#onEvent = onEvent;
    transport.open(
      (bytes) => this.#receive(bytes),
      (error) => this.#fail(error ?? new FirmwareError('the firmware has ended', 'Start it again.')),
    );
  }

  /**
   * Sends a record, once there is room for it on the way: await it, and the watch is never flooded.
   *
   * @returns what becomes of it, once the firmware has said so.
   * @throws what ended the firmware.
   */
  async send(record: Uint8Array): Promise<{ readonly done: Promise<LinkStatus> }> {
    while (this.#waiting.length >= WINDOW && this.#failure === undefined) {
      await new Promise<void>((resolve) => this.#room.push(resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
    const done = new Promise<LinkStatus>((resolve, reject) => {
      this.#waiting.push({ type: record[0]!, resolve, reject });
    });
    // Whoever waits for it hears of it; nobody has to.
    done.catch(() => {});
    this.#transport.write(record);
    if (this.#patience === undefined) this.#wait();
    return { done };
  }

  /** Sends a record that must be obeyed. @throws FirmwareError where the firmware refuses it, naming `what` it is. */
  async request(record: Uint8Array, what: string): Promise<void> {
    const status = await (await this.send(record)).done;
    if (status !== 'ok')
      throw new FirmwareError(
        `the watch refuses ${what}: ${status}`,
        hints[status] ?? 'See the README of firmware-templates/core.',
      );
  }

  /** Tells the firmware to stop, and waits for the last of what it has to tell. @throws what ended it before. */
  async stop(): Promise<void> {
    await this.request(stopRecord(), 'to stop');
    await this.#transport.close();
  }

  kill(): void {
    this.#transport.kill();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#failure !== undefined) return;
    try {
      for (const record of this.#reader.push(bytes)) this.#handle(decodeEvent(record));
      this.#wait();
    } catch (error) {
      this.#fail(error as Error);
      this.kill();
    }
  }

  #handle(event: FirmwareEvent): void {
    if (event.kind !== 'done') {
      this.#onEvent(event);
      return;
    }
    const waiting = this.#waiting.shift();
    if (waiting?.type !== event.record)
      throw new FirmwareError(
        'the watch acknowledged what it was not sent',
        'Build the firmware of this version of edgebeat.',
      );
    waiting.resolve(event.status);
    this.#room.shift()?.();
  }

  /** From now on the firmware has its time again, as long as a record waits. */
  #wait(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    if (this.#waiting.length === 0 || this.#failure !== undefined) return;
    this.#patience = setTimeout(() => {
      const silence = `the firmware has said nothing for ${this.#patienceMs / 1000} s`;
      this.#fail(new FirmwareError(silence, 'Check that it is a watch of firmware-templates/boards/watch.'));
      this.kill();
    }, this.#patienceMs);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    clearTimeout(this.#patience);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    for (const wake of this.#room.splice(0)) wake();
  }
}

const hints: Partial<Record<LinkStatus, string>> = {
  'bad-config':
    'Rates go from 60 to 4,000 Hz; frames, windows and embeddings have to fit into the firmware that was built.',
  'bad-subject': 'Name somebody who is enrolled, or give a shorter name.',
  'gallery-full': 'Make the watch forget somebody first.',
  'other-model': 'Enrol again with the network of this firmware.',
  'bad-crc': 'The saved state is damaged: enrol again.',
};
