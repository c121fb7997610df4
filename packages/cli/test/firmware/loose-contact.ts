/** A source whose electrodes lose contact for a while. */
import type { EcgSource, SourceChunk, Truth } from '@edgebeat/sim-device';

export class LooseContact implements EcgSource {
  readonly name: string;
  readonly #source: EcgSource;
  readonly #times: readonly { readonly from: number; readonly to: number }[];
  #rest: SourceChunk | undefined;

  /** @param times without contact, s since the source began. */
  constructor(source: EcgSource, times: readonly { readonly from: number; readonly to: number }[]) {
    this.name = source.name;
    this.#source = source;
    this.#times = times;
  }

  truthAt(seconds: number): Truth {
    return this.#source.truthAt(seconds);
  }

  read(count: number): SourceChunk | undefined {
    const chunk = this.#rest ?? this.#source.read(count);
    this.#rest = undefined;
    if (chunk === undefined) return undefined;
    const { rate, seconds, samples } = chunk;
    const leadOffAt = (i: number) =>
      this.#times.some(({ from, to }) => seconds + i / rate >= from && seconds + i / rate < to);
    const leadOff = leadOffAt(0);
    const change = samples.findIndex((_, i) => leadOffAt(i) !== leadOff);
    if (change < 0) return { ...chunk, leadOff };
    this.#rest = { ...chunk, samples: samples.slice(change), seconds: seconds + change / rate };
    return { ...chunk, samples: samples.slice(0, change), leadOff };
  }
}
