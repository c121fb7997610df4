/** Lets firmware read a source: its samples, gaps and contact become records of the link, in the time of the stream. */
import { quantizeMillivolts } from '@edgebeat/wire';
import type { EcgSource, SourceChunk } from '../source/ecg-source.js';
import { Pacer } from '../watch/pacer.js';
import { FirmwareError } from './firmware-error.js';
import { FirmwareLink, type FirmwareTransport } from './firmware-link.js';
import { contactRecord, gapRecord, sampleRecords, startRecord, type WatchSettings } from './link-commands.js';
import type { FirmwareEvent } from './link-events.js';

export interface FirmwareRunOptions {
  readonly source: EcgSource;
  readonly transport: FirmwareTransport;
  /** Of the watch, besides what the source says: its rate. */
  readonly settings: Omit<WatchSettings, 'rateMilliHertz' | 'frameSamples'>;
  /** Length of a frame, s. Default 0.2. */
  readonly frameSeconds?: number;
  /** 1 is real time, 10 ten times as fast, `max` as fast as the firmware takes it. Default `max`. */
  readonly rate?: number | 'max';
  /** Told of everything that the firmware tells. */
  readonly onEvent: (event: FirmwareEvent) => void;
  /** Waited for before each piece of signal: the way to hold the firmware back. */
  readonly hold?: () => Promise<void>;
}

export class FirmwareRun {
  readonly #options: FirmwareRunOptions;
  #link: FirmwareLink | undefined;
  #seconds = 0;
  #samples = 0;
  #leadOff = false;

  constructor(options: FirmwareRunOptions) {
    this.#options = options;
  }

  /** End of the signal that was sent, s since the source began; and the samples in it. */
  get progress(): { readonly seconds: number; readonly samples: number } {
    return { seconds: this.#seconds, samples: this.#samples };
  }

  /** Sends a command between two pieces of signal. @throws FirmwareError where the watch refuses it, or does not run. */
  async command(record: Uint8Array, what: string): Promise<void> {
    if (this.#link === undefined)
      throw new FirmwareError(`${what}: the watch has not started`, 'Wait for its status ready.');
    await this.#link.request(record, what);
  }

  /**
   * Streams until the source has ended or the signal is aborted, then stops the firmware.
   *
   * @param begin called once the app has started, before the first sample.
   * @throws FirmwareError where the firmware does not start, refuses what it is sent or ends too early; SourceError.
   */
  async run(signal: AbortSignal, begin: () => Promise<void> = async () => {}): Promise<void> {
    const { source, transport, onEvent, rate = 'max', hold } = this.#options;
    const link = new FirmwareLink(transport, onEvent);
    this.#link = link;
    try {
      const first = source.read(1);
      if (first === undefined) throw new FirmwareError(`${source.name} has no samples`, 'Choose another source.');
      await link.request(this.#startRecord(first.rate), `the settings for ${source.name}`);
      await begin();
      const pacer = rate === 'max' ? undefined : new Pacer(rate);
      for (let chunk: SourceChunk | undefined = first; chunk !== undefined && !signal.aborted; ) {
        await hold?.();
        await pacer?.until(chunk.seconds + chunk.samples.length / chunk.rate, signal);
        if (signal.aborted) break;
        await this.#play(link, chunk, first.rate);
        chunk = source.read(Math.max(1, this.#frameSamples(first.rate)));
      }
      await link.stop();
    } finally {
      link.kill();
    }
  }

  #frameSamples(rate: number): number {
    return Math.max(1, Math.round((this.#options.frameSeconds ?? 0.2) * rate));
  }

  #startRecord(rate: number): Uint8Array {
    const { settings } = this.#options;
    return startRecord({
      ...settings,
      rateMilliHertz: Math.round(rate * 1000),
      frameSamples: this.#frameSamples(rate),
    });
  }

  async #play(link: FirmwareLink, chunk: SourceChunk, rate: number): Promise<void> {
    if (chunk.rate !== rate)
      throw new FirmwareError(
        `${this.#options.source.name} changes from ${rate} to ${chunk.rate} Hz`,
        'A watch has one converter: stream recordings of one rate.',
      );
    const missing = Math.round((chunk.seconds - this.#seconds) * rate);
    if (missing > 0) await link.send(gapRecord(missing));
    if (chunk.leadOff !== this.#leadOff) await link.send(contactRecord(!chunk.leadOff));
    this.#leadOff = chunk.leadOff;
    const steps = quantizeMillivolts(chunk.samples, this.#options.settings.scaleNanovolts);
    for (const record of sampleRecords(steps)) await link.send(record);
    this.#seconds = chunk.seconds + chunk.samples.length / rate;
    this.#samples += chunk.samples.length;
  }
}
