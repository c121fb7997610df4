/** Faults on purpose: what a network or a faulty watch may do to frames, for testing what receives them. */

/**
 * - `drop`: the frame is never sent
 * - `duplicate`: it is sent twice
 * - `reorder`: it is sent after the one that follows it
 * - `corrupt`: one bit of it is flipped
 */
export type Fault = 'drop' | 'duplicate' | 'reorder' | 'corrupt';

/** Which frames are hit, by their number since the watch started, from 0. */
export type FaultPlan = ReadonlyMap<number, Fault>;

export class FaultInjector {
  readonly #plan: FaultPlan;
  #number = 0;
  #heldBack: Uint8Array[] = [];

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** @returns what is to be sent in place of the next frame, in order. */
  apply(bytes: Uint8Array): Uint8Array[] {
    const fault = this.#plan.get(this.#number++);
    if (fault === 'reorder') {
      this.#heldBack.push(bytes);
      return [];
    }
    const sent = fault === undefined ? [bytes] : faultyCopies(bytes, fault);
    return [...sent, ...this.rest()];
  }

  /** @returns frames that were still held back when the stream ended. */
  rest(): Uint8Array[] {
    return this.#heldBack.splice(0);
  }
}

function faultyCopies(bytes: Uint8Array, fault: Exclude<Fault, 'reorder'>): Uint8Array[] {
  if (fault === 'drop') return [];
  if (fault === 'duplicate') return [bytes, bytes];
  const corrupt = bytes.slice();
  corrupt[corrupt.length >> 1]! ^= 0x10;
  return [corrupt];
}
