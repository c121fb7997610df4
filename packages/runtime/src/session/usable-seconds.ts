/** Which of the latest seconds of a stretch can be used to tell what the wearer does. */
import { type SignalQuality, sampleRate } from '@edgebeat/ecg';

/** Seconds remembered: longer than any window. */
const remembered = 64;

/**
 * Noise between the beats says nothing against a second: movement is what an activity model looks at. A second that is flat,
 * clipped, invalid or without a heart in it (all of which have the index 0) is not usable.
 */
export class UsableSeconds {
  private readonly seconds: { readonly end: number; readonly isUsable: boolean }[] = [];

  /** @param quality of the second that has just ended. */
  add({ end, reasons }: SignalQuality): void {
    this.seconds.push({ end, isUsable: reasons.every((reason) => reason === 'noisy') });
    if (this.seconds.length > remembered) this.seconds.shift();
  }

  /**
   * @param end position of the last sample of a window. @param length its samples.
   * @returns share of usable ones among the seconds that have samples in it, 0 to 1; 1 while none of them has ended.
   */
  share(end: number, length: number): number {
    const within = this.seconds.filter((second) => second.end > end - length && second.end - sampleRate < end);
    return within.length === 0 ? 1 : within.filter(({ isUsable }) => isUsable).length / within.length;
  }
}
