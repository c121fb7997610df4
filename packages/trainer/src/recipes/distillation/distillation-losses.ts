/**
 * Triplet-enhanced hierarchical knowledge distillation: a transformer learns from a residual network's logits, from its feature
 * maps at four depths, and from how far windows are apart for it.
 */
import { beatLength } from '@edgebeat/ecg';
import { type GraphBuilder, tensor, type Value } from '@edgebeat/graph';
import { truncatedNormal, type WeightSource, zeros } from '@edgebeat/models';
import { sizesOf } from '../../autodiff/gradient.js';
import { featureDistance } from '../../losses/feature-distance.js';
import { relationDistance } from '../../losses/relation-distance.js';
import { softLabelDivergence } from '../../losses/soft-labels.js';
import { taughtTriplet } from '../../losses/taught-triplet.js';
import { RecipeError } from '../../recipe-error.js';
import type { LossContext } from '../../step/loss-graph.js';
import type { DistillationRecipe } from './distillation-recipe.js';
import { TEACHER_EMBEDDING, TEACHER_LOGITS, teacherStage } from './taught-batches.js';
import type { TeacherDescription } from './teacher.js';
import { alignTokens } from './token-alignment.js';

/** What the student gives to learn with. */
export interface TaughtStudent {
  /** [N, classes], of the distillation token. */
  readonly logits: Value;
  /** [N, D], of norm 1. */
  readonly directions: Value;
  /** Tokens [N, 22, width] after four of its blocks, the learnt ones first: for stages 1 to 4 of the teacher. */
  readonly tokens: readonly Value[];
  /** Samples of each beat that its tokens cover. */
  readonly crop: readonly [first: number, last: number];
  /** [N] int64. */
  readonly labels: Value;
}

/** Class and distillation token. */
const LEARNT_TOKENS = 2;

/**
 * The losses of the parts that the recipe has, by their names.
 *
 * @param weights of the projections, which are trained with the student and are no part of it.
 */
export function distillationLosses(
  { g, batch, input, parameter }: LossContext,
  recipe: DistillationRecipe,
  teacher: TeacherDescription,
  student: TaughtStudent,
  weights: WeightSource,
): Record<string, Value> {
  const losses: Record<string, Value> = {};
  if (recipe.logits) {
    const answers = input(TEACHER_LOGITS, 'float32', [batch, teacher.persons.length]);
    losses.logits = softLabelDivergence(g, student.logits, answers, recipe.logits.temperature);
  }
  if (recipe.features) {
    const distances = teacher.stages.map(({ channels, length }, index) => {
      const map = input(teacherStage(index + 1), 'float32', [batch, channels, length]);
      return stageDistance({ g, parameter }, { map, index, teacher, student, weights });
    });
    const sum = distances.reduce((total, distance) => g.add(total, distance));
    losses.features = g.mul(sum, g.float32(1 / distances.length));
  }
  if (recipe.relations || recipe.triplets) {
    const embedding = input(TEACHER_EMBEDDING, 'float32', [batch, teacher.embeddingSize]);
    const known = g.lpNormalization(embedding, { axis: 1, p: 2 });
    if (recipe.relations) losses.relations = relationDistance(g, student.directions, known);
    if (recipe.triplets)
      losses.triplets = taughtTriplet(g, student.directions, known, student.labels, recipe.triplets.margin);
  }
  return losses;
}

interface StagePair {
  /** [N, channels, length]. */
  readonly map: Value;
  /** Of the stage, from 0 on. */
  readonly index: number;
  readonly teacher: TeacherDescription;
  readonly student: TaughtStudent;
  readonly weights: WeightSource;
}

/**
 * Between the teacher's map and the projected tokens that stand at the same time: the mean over tokens of the squared distance of
 * their directions, 0 … 4.
 */
function stageDistance(
  { g, parameter }: Pick<LossContext, 'g' | 'parameter'>,
  { map, index, teacher, student, weights }: StagePair,
): Value {
  const { channels, length } = teacher.stages[index]!;
  const tokens = student.tokens[index]!;
  const [batch, count, width] = sizesOf(tokens) as [number, number, number];
  const { tokens: range, weights: mix } = alignTokens(
    { first: teacher.crop[0], last: teacher.crop[1], count: length },
    { first: student.crop[0], last: student.crop[1], count: count - LEARNT_TOKENS },
  );
  const [begin, end] = range;
  const matched = end - begin;
  if (matched === 0) {
    throw new RecipeError(
      `the student looks at samples ${student.crop.join(' to ')} of a beat, the teacher at ${teacher.crop.join(' to ')} of ${beatLength}`,
      'Let them look at the same part of the beat.',
    );
  }
  const mixing = g.constant(tensor(`stage${index + 1}.alignment`, 'float32', [length, matched], mix));
  const aligned = g.transpose(g.matMul(map, mixing), { perm: [0, 2, 1] });
  const own = g.slice(tokens, g.int64([LEARNT_TOKENS + begin]), g.int64([LEARNT_TOKENS + end]), g.int64([1]));
  const name = `projection${index + 1}`;
  const weight = parameter(truncatedNormal(weights, `${name}.weight`, [width, channels]));
  const bias = parameter(zeros(`${name}.bias`, [channels]));
  const projected = g.gemm(rows(g, own, batch * matched, width), weight, bias);
  return featureDistance(g, projected, rows(g, aligned, batch * matched, channels));
}

function rows(g: GraphBuilder, value: Value, count: number, width: number): Value {
  return g.reshape(value, g.int64([count, width]));
}
