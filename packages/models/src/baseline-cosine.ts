/** `baseline-cosine`: an embedding without any learning, the floor of every table. */
import { GraphBuilder, type Model, type VerificationThreshold, writeMetadata } from '@edgebeat/graph';

/**
 * Added to the square of the norm. A flat window then gives (nearly) nothing instead of NaN or amplified rounding errors;
 * the square is about 300 for z-scored beats, far too large for this to show.
 */
const EPSILON = 1e-8;

/**
 * Similarity that one in a hundred impostor records of `ecg-id/other-record` reached (baseline-cosine 1.0.0, 15,931
 * comparisons). It gives the file a usable default; its false non-match rate there is near one half.
 */
const SIMILARITY_AT_FMR_1_PERCENT = 0.9477;
/** Windows of an ECG-ID record, on whose mean that similarity was measured. */
const WINDOWS = 7;

/**
 * Builds the model: input `beats` [N, 3, 300] (float32, each beat z-scored), output `embedding` [N, 300]: the mean of the
 * three beats, centred and scaled to Euclidean norm 1. The cosine of two embeddings is then the correlation of two mean
 * beats. A window of zeros gives zeros.
 */
export function baselineCosine(): Model {
  const g = new GraphBuilder('baseline-cosine');
  const beats = g.input('beats', 'float32', ['N', 3, 300]);
  const mean = g.reduceMean(beats, g.int64([1]), { keepdims: false, name: 'mean_beat' });
  const level = g.reduceMean(mean, g.int64([1]), { name: 'level' });
  const centred = g.sub(mean, level, { name: 'centred' });
  const energy = g.reduceSum(g.mul(centred, centred), g.int64([1]), { name: 'energy' });
  const norm = g.sqrt(g.add(energy, g.float32(EPSILON)), { name: 'norm' });
  g.output('embedding', g.div(centred, norm));
  return g.build({
    metadata: writeMetadata({
      name: 'baseline-cosine',
      version: '1.0.0',
      rate: 250,
      window: { kind: 'identity', beats: 3, before: 150, after: 150 },
      normalize: 'z-score',
      training: { data: [], records: [] },
      thresholds: [
        threshold('cosine', SIMILARITY_AT_FMR_1_PERCENT),
        // On unit vectors, distance² = 2 − 2 · similarity.
        threshold('euclidean', Math.round(Math.sqrt(2 - 2 * SIMILARITY_AT_FMR_1_PERCENT) * 1e4) / 1e4),
      ],
    }),
    doc: 'Mean of three beats, centred, unit norm. Nothing in it is learnt.',
  });
}

function threshold(metric: VerificationThreshold['metric'], value: number): VerificationThreshold {
  return { metric, value, fmr: 0.01, data: 'ecg-id/other-record', windows: WINDOWS };
}
