/** Windows of recordings to which recorded noise was added before the signal path saw them. */
import { join } from 'node:path';
import {
  addNoise,
  beatLead,
  beatLength,
  type Channel,
  continuousNoise,
  ecgBandDelay,
  noiseGainFor,
  openRecord,
  resample,
  type SampledSignal,
  type Segment,
  sampleRate,
  segmentChannel,
} from '@edgebeat/ecg';
import { type NoiseName, noiseStressPublication, trainingNoisePart } from '../augment/load-noise.js';
import { findDataSet, namesIn } from '../datasets/data-set.js';
import type { IdentityModelMetadata } from '../inference/embedding-model.js';
import type { RandomGenerator } from '../random/random-generator.js';
import type { WindowPart } from './window-part.js';

/** The channels of a noise recording, at any rate. */
export type RecordedNoise = (rate: number) => readonly SampledSignal[];

export interface MixOptions {
  readonly recorded: RecordedNoise;
  /** Decibels. */
  readonly snr: number;
  /** Chooses the channel and the begin of the noise. */
  readonly generator: RandomGenerator;
}

/**
 * The second half of a noise recording, as it was recorded; training may use the first.
 *
 * @param dataDir the folder of the MIT-BIH Noise Stress Test Database, or the one above it.
 * @throws DataSetError when it is not there. @throws RecordError for a recording that cannot be read.
 */
export async function loadRecordedNoise(dataDir: string, name: NoiseName): Promise<RecordedNoise> {
  const folder = await findDataSet(noiseStressPublication, dataDir, async (candidate) => {
    return (await namesIn(candidate, new RegExp(`^${name}\\.hea$`))).length > 0;
  });
  const { channels } = await openRecord(join(folder, name));
  const halves = channels.map(({ samples, rate }) => ({
    samples: samples.slice(Math.round(trainingNoisePart.to * samples.length)),
    rate,
  }));
  const byRate = new Map<number, readonly SampledSignal[]>();
  return (rate) => {
    const known = byRate.get(rate);
    if (known !== undefined) return known;
    const resampled = halves.map((half) => ({ samples: resample(half.samples, half.rate, rate), rate }));
    byRate.set(rate, resampled);
    return resampled;
  };
}

/**
 * The windows that the signal path finds in the noisy signal, as `windowsOf` gives those of the clean one. There may be fewer of
 * them, or more, where beats are missed or noise is taken for a beat. The noise is measured against the beats of the clean signal; a
 * record without any gives no window.
 *
 * @throws RecordError for a record that cannot be read.
 */
export async function windowsInNoise(
  { record, part, includes = () => true }: WindowPart,
  { normalize }: Pick<IdentityModelMetadata, 'normalize'>,
  options: MixOptions,
): Promise<Float32Array[]> {
  const { channels, gaps } = await openRecord(record.path);
  const channel = channels[0]!;
  const beats = segmentChannel(channel, gaps).flatMap(({ firstSample, beats: found }) =>
    found.map(({ rPeak }) => firstSample / channel.rate + rPeak / sampleRate),
  );
  if (beats.length === 0) return [];
  const noisy = { ...channel, samples: mix(channel, beats, options) };
  const begin = Math.round(part.from * channel.samples.length);
  const end = Math.round(part.to * channel.samples.length);
  return segmentChannel(noisy, gaps, { identity: { normalize } })
    .flatMap((segment) => windowsBetween(segment, begin, end, channel.rate))
    .filter((_, index) => includes(index));
}

function mix(clean: Channel, beats: readonly number[], { recorded, snr, generator }: MixOptions): Float32Array {
  const noises = recorded(clean.rate);
  const noise = noises[generator.integer(noises.length)]!;
  const gain = noiseGainFor(clean, beats, noise, snr);
  const noiseFrom = generator.uniform(0, noise.samples.length / noise.rate);
  return addNoise(clean, noise, { gain, stretches: continuousNoise, noiseFrom });
}

/** Windows of which all samples stand in the recorded samples [begin, end). */
function windowsBetween(
  { firstSample, identityWindows }: Segment,
  begin: number,
  end: number,
  rate: number,
): Float32Array[] {
  /** First position at 250 Hz, from the segment's begin, that does not stand before a recorded sample. */
  const positionOf = (recorded: number) => Math.max(0, Math.ceil(((recorded - firstSample) * sampleRate) / rate));
  const lead = beatLead - ecgBandDelay;
  return identityWindows
    .filter(({ rPeaks: [first, , last] }) => {
      return first - lead >= positionOf(begin) && last - lead + beatLength <= positionOf(end);
    })
    .map(({ samples }) => samples);
}
