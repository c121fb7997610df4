/** `baseline-lda`: linear discriminant analysis of a mean beat. What a network must beat to be worth its size. */
import {
  GraphBuilder,
  GraphError,
  type Model,
  type Training,
  tensor,
  type Value,
  writeMetadata,
} from '@edgebeat/graph';

/** Samples at 250 Hz that it looks at, before the R peak and from it on: P wave to the rise of the T wave, at any heart rate. */
export const ldaCrop = { before: 60, after: 85 } as const;

const LEAD = 150;
const CROP = ldaCrop.before + ldaCrop.after;

/** Added to the variance of the crop, which is about 1. A flat window then stays flat instead of becoming amplified rounding errors. */
const EPSILON = 1e-6;

/** x · weight + bias. */
export interface LinearMap {
  /** Row-major [inputs, outputs]. */
  readonly weight: Float32Array;
  /** [outputs]. */
  readonly bias: Float32Array;
}

export interface PersonScores extends LinearMap {
  /** Whom each output speaks for. A person may have several: the largest is the person's logit. */
  readonly persons: readonly string[];
}

export interface BaselineLdaOptions {
  /** From the z-scored crop [145] to the embedding. */
  readonly projection: LinearMap;
  /** From the embedding to scores of the persons; without them the model has no `logits`. */
  readonly scores?: PersonScores;
  readonly training: Training;
}

/**
 * Builds the model: input `beats` [N, 3, 300] (float32, each beat z-scored); output `embedding` [N, D], which is the mean of
 * the three beats, cropped (see `ldaCrop`), z-scored and projected; with `scores` also `logits` [N, persons], the persons in
 * the order in which they first appear there and as `classes.identity` of the metadata. The embedding of a window of zeros is
 * the bias of the projection.
 *
 * @throws GraphError for a projection or scores whose sizes do not fit.
 */
export function baselineLda({ projection, scores, training }: BaselineLdaOptions): Model {
  const g = new GraphBuilder('baseline-lda');
  const beats = g.input('beats', 'float32', ['N', 3, 300]);
  const [begin, end, time] = [g.int64([LEAD - ldaCrop.before]), g.int64([LEAD + ldaCrop.after]), g.int64([2])];
  const cropped = g.slice(beats, begin, end, time, { name: 'cropped' });
  const mean = g.reduceMean(cropped, g.int64([1]), { keepdims: false, name: 'mean_beat' });
  const centred = g.sub(mean, g.reduceMean(mean, g.int64([1]), { name: 'level' }), { name: 'centred' });
  const variance = g.reduceMean(g.mul(centred, centred), g.int64([1]), { name: 'variance' });
  const deviation = g.sqrt(g.add(variance, g.float32(EPSILON)), { name: 'deviation' });
  const embedding = linearMap(g, g.div(centred, deviation, { name: 'crop' }), 'projection', projection);
  g.output('embedding', embedding);
  const persons = [...new Set(scores?.persons)];
  if (scores) g.output('logits', bestOfPerson(g, linearMap(g, embedding, 'scores', scores), scores.persons, persons));
  return g.build({
    metadata: writeMetadata({
      name: 'baseline-lda',
      version: '1.0.0',
      rate: 250,
      window: { kind: 'identity', beats: 3, before: LEAD, after: LEAD },
      normalize: 'z-score',
      ...(scores && { classes: { identity: persons } }),
      training,
    }),
    doc: `Mean of three beats, ${CROP} samples around the R peak, z-score, linear discriminant analysis.`,
  });
}

function linearMap(g: GraphBuilder, x: Value, name: string, { weight, bias }: LinearMap): Value {
  const shape = [x.shape[1] as number, bias.length];
  return g.gemm(
    x,
    g.constant(tensor(`${name}.weight`, 'float32', shape, weight)),
    g.constant(tensor(`${name}.bias`, 'float32', [bias.length], bias)),
    { name },
  );
}

/** The largest score of each person, [N, persons]. */
function bestOfPerson(g: GraphBuilder, scores: Value, personOf: readonly string[], persons: readonly string[]): Value {
  if (personOf.length !== scores.shape[1]) {
    throw new GraphError(
      'baseline-lda',
      `${scores.shape[1]} scores speak for ${personOf.length} persons`,
      'name one person for each score',
    );
  }
  const own = persons.map((person) => [...personOf.keys()].filter((index) => personOf[index] === person));
  const most = Math.max(...own.map((indices) => indices.length));
  // Persons with fewer scores repeat their first, which leaves the largest as it is.
  const padded = own.flatMap((indices) => Array.from({ length: most }, (_, k) => indices[k] ?? indices[0]!));
  const indices = g.constant(tensor('scores.of_person', 'int64', [persons.length, most], padded));
  return g.reduceMax(g.gather(scores, indices, { axis: 1, name: 'scores_by_person' }), g.int64([2]), {
    keepdims: false,
  });
}
