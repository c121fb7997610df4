/** Sources by name, as the command line has them. */
import { openRecord, readAnnotations } from '@edgebeat/ecg';
import { drawPerson } from '../heart/person.js';
import type { EcgSource } from './ecg-source.js';
import { RecordSource } from './record-source.js';
import { SyntheticSource } from './synthetic-source.js';

export interface OpenSourceOptions {
  /** Records: index or name of the channel. */
  readonly channel?: number | string;
  /** Annotator of a record's reference beats (`atr`), where it has any that are worth counting. */
  readonly annotator?: string;
  /** How long to play, s: a record begins again when it ends sooner. */
  readonly seconds?: number;
  /** Synthetic hearts: samples per second. */
  readonly rate?: number;
  /** Synthetic hearts: factor on all noise. */
  readonly noiseLevel?: number;
}

const SYNTHETIC = 'synth:';

/**
 * @param name `synth:SEED` for a synthetic person at rest, otherwise the path of a recording.
 * @throws RecordError for a recording that cannot be read; SourceError for options that do not fit.
 */
export async function openSource(name: string, options: OpenSourceOptions = {}): Promise<EcgSource> {
  const { channel, annotator, ...rest } = options;
  if (name.startsWith(SYNTHETIC)) {
    const seed = name.slice(SYNTHETIC.length);
    return new SyntheticSource({ ...rest, seed, schedule: [{ fromSeconds: 0, wearer: drawPerson(seed) }] });
  }
  const record = await openRecord(name);
  const annotations = annotator === undefined ? undefined : await readAnnotations(name, annotator);
  return new RecordSource({ items: [{ record, channel, annotations, seconds: rest.seconds }] });
}
