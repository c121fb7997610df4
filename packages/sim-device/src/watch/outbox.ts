/** Store and forward: frames, and other messages, wait here until the broker has acknowledged them, over lost connections too. */

export class Outbox<Message extends object = Uint8Array> {
  readonly #capacity: number;
  #waiting: Message[] = [];
  /** Published, not acknowledged yet; in the order of publication. */
  #inFlight: Message[] = [];
  #dropped = 0;

  /** @param capacity frames, at least 1; the oldest that waits gives way to one that finds no room. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Frames that gave way. */
  get dropped(): number {
    return this.#dropped;
  }

  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** Frames that are not acknowledged. */
  get size(): number {
    return this.#waiting.length + this.#inFlight.length;
  }

  put(frame: Message): void {
    this.#waiting.push(frame);
    if (this.size <= this.#capacity) return;
    this.#waiting.shift();
    this.#dropped++;
  }

  /** The next frame to publish, now in flight; undefined where none waits. */
  take(): Message | undefined {
    const frame = this.#waiting.shift();
    if (frame !== undefined) this.#inFlight.push(frame);
    return frame;
  }

  /** The broker has this frame. */
  acknowledge(frame: Message): void {
    const place = this.#inFlight.indexOf(frame);
    if (place >= 0) this.#inFlight.splice(place, 1);
  }

  /** The connection is gone: what was in flight is to be published again, before what waits. */
  returnInFlight(): void {
    this.#waiting.unshift(...this.#inFlight.splice(0));
  }
}
