/** The losses of an identity network: who it is, by cross-entropy, and who is nearer than whom, by triplets. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import type { WeightSource } from '@edgebeat/models';
import { batchHardTriplet } from '../../losses/batch-hard-triplet.js';
import { accuracy, crossEntropy, sharedCrossEntropy } from '../../losses/cross-entropy.js';
import type { LossBuilder, LossContext } from '../../step/loss-graph.js';
import { distillationLosses } from '../distillation/distillation-losses.js';
import type { TeacherDescription } from '../distillation/teacher.js';
import { PERSON_LABEL, PERSON_SHARES } from './identity-batches.js';
import { taughtDepths } from './identity-networks.js';
import type { DeitNetwork, IdentityRecipe } from './identity-recipe.js';

/**
 * @param classes persons that the logits tell apart.
 * @param teacher of a recipe with `distillation`. @param weights of what is trained beside the network.
 */
export function identityLosses(
  recipe: IdentityRecipe,
  classes: number,
  weights: WeightSource,
  teacher?: TeacherDescription,
): LossBuilder {
  return (context) => {
    const { g, batch, output, input } = context;
    const { network, triplet, distillation } = recipe;
    const labels = input(PERSON_LABEL, 'int64', [batch]);
    const shares = recipe.blend && input(PERSON_SHARES, 'float32', [batch, classes]);
    const smoothing = recipe.labelSmoothing;
    const personLoss = (logits: Value) =>
      shares ? sharedCrossEntropy(g, logits, shares, { smoothing }) : crossEntropy(g, logits, labels, { smoothing });
    const directions = g.lpNormalization(output(comparedOutput(network)), { axis: 1, p: 2 });
    const isTaught = teacher !== undefined && distillation !== undefined && network.name !== 'resnet34';
    return {
      losses: {
        identity: identityLoss(context, network, personLoss, isTaught && distillation.logits !== undefined),
        ...(triplet && { triplet: batchHardTriplet(g, directions, labels, triplet.margin) }),
        ...(isTaught &&
          distillationLosses(
            context,
            distillation,
            teacher,
            {
              logits: output('distillation_logits'),
              tokens: taughtDepths(network).map((depth) => output(`tokens_after_${depth}`)),
              crop: network.crop,
              ...{ directions, labels },
            },
            weights,
          )),
      },
      // Of a blend the larger share counts.
      figures: { identity: accuracy(g, output('logits'), shares ? largest(g, shares) : labels) },
    };
  };
}

/** Distances are best compared before the neck. */
function comparedOutput(network: IdentityRecipe['network']): string {
  return network.name === 'resnet34' && network.neck ? 'pooled' : 'embedding';
}

/** Of a transformer's two heads the second learns from the labels, too, unless it learns from the teacher's logits. */
function identityLoss(
  { g, output }: LossContext,
  { name }: DeitNetwork | IdentityRecipe['network'],
  personLoss: (logits: Value) => Value,
  isTaughtLogits: boolean,
): Value {
  if (name === 'resnet34') return personLoss(output('logits'));
  const ofClassToken = personLoss(output('class_logits'));
  if (isTaughtLogits) return ofClassToken;
  return g.mul(g.add(ofClassToken, personLoss(output('distillation_logits'))), g.float32(0.5));
}

function largest(g: GraphBuilder, shares: Value): Value {
  return g.argMax(shares, { axis: 1, keepdims: false });
}
