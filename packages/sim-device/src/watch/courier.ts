/** Brings a watch's messages to its broker: they wait in an outbox, and are published as far as a window allows. */
import type { TopicKind } from '@edgebeat/wire';
import type { BrokerLink } from './broker-link.js';
import { Outbox } from './outbox.js';

export interface CourierOptions {
  readonly link: BrokerLink;
  /** Messages kept while there is no connection; the oldest give way. */
  readonly capacity: number;
  /** Messages that may be unacknowledged at the broker. */
  readonly window: number;
  /** Of what the broker takes unacknowledged, how many are for messages that do not wait here. */
  readonly reserved: number;
  /** Called when the broker has a message. */
  readonly onAcknowledged: () => void;
}

interface Outgoing {
  readonly kind: TopicKind;
  readonly payload: string | Uint8Array;
}

export class Courier {
  readonly #options: CourierOptions;
  readonly #outbox: Outbox<Outgoing>;
  #sent = 0;
  #bytes = 0;

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.capacity);
  }

  /** Messages that the broker has acknowledged (one that came twice counts twice). */
  get sent(): number {
    return this.#sent;
  }

  /** In these messages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Messages that gave way. */
  get dropped(): number {
    return this.#outbox.dropped;
  }

  /** Messages that are not acknowledged. */
  get size(): number {
    return this.#outbox.size;
  }

  /** Takes a message, which `pump` publishes. */
  put(kind: TopicKind, payload: string | Uint8Array): void {
    this.#outbox.put({ kind, payload });
  }

  /** Publishes what waits, as far as the window allows. */
  pump(): void {
    const { link, window, reserved } = this.#options;
    const most = Math.max(1, Math.min(window, link.receiveMaximum - reserved));
    while (link.up && this.#outbox.inFlight < most) {
      const message = this.#outbox.take();
      if (message === undefined) return;
      link.publish(message.kind, message.payload, () => this.#acknowledged(message));
    }
  }

  /** The connection is gone: what was on its way waits again. */
  returnInFlight(): void {
    this.#outbox.returnInFlight();
  }

  #acknowledged(message: Outgoing): void {
    this.#outbox.acknowledge(message);
    this.#sent++;
    this.#bytes += Buffer.byteLength(message.payload);
    this.pump();
    this.#options.onAcknowledged();
  }
}
