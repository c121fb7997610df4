/** The networks that an identity recipe can choose, with what their losses want. */
import type { Model } from '@edgebeat/graph';
import { deitMicro, deitTiny, resnet34, type WeightSource } from '@edgebeat/models';
import type { DeitNetwork, IdentityRecipe } from './identity-recipe.js';

const deits = { 'deit-tiny': { build: deitTiny, depth: 12 }, 'deit-micro': { build: deitMicro, depth: 4 } };

/** Outputs that only losses need; a finished model goes without. */
const trainingOutput = /^(pooled|class_logits|distillation_logits|tokens_after_\d+)$/;

/** @throws GraphError for options that make no network. */
export function identityNetwork(network: IdentityRecipe['network'], classes: number, weights: WeightSource): Model {
  if (network.name === 'resnet34') {
    const { name: _, ...options } = network;
    return resnet34({ ...options, classes }, weights);
  }
  const { crop, stem, name } = network;
  return deits[name].build({ classes, crop, stem, separateLogits: true, tokensAfter: taughtDepths(network) }, weights);
}

/** Blocks after which a student's tokens stand against stages 1 to 4 of its teacher: the quarters of its depth. */
export function taughtDepths({ name }: DeitNetwork): number[] {
  return [1, 2, 3, 4].map((quarter) => (quarter * deits[name].depth) / 4);
}

/** The model as it is used. */
export function withoutTrainingOutputs(model: Model): Model {
  const outputs = model.graph.outputs.filter(({ name }) => !trainingOutput.test(name));
  return { ...model, graph: { ...model.graph, outputs } };
}
