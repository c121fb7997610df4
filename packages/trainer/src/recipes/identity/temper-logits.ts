/** Gives a trained network the temperature of its recipe: logits are divided by it in the heads that make them. */
import { type Model, type Tensor, tensor } from '@edgebeat/graph';
import { RecipeError } from '../../recipe-error.js';

/** Linear maps to logits: the only one of a ResNet and the first of a transformer, whose logits are the mean of both. */
const heads = ['head', 'head_dist'] as const;
const parameters = ['weight', 'bias'] as const;

/** @throws RecipeError unless it is a finite number above 0. */
export function requireTemperature(temperature: number): void {
  if (Number.isFinite(temperature) && temperature > 0) return;
  throw new RecipeError(
    `the temperature is ${temperature}`,
    'Give a finite number above 0, the one that validation tells, or leave it out.',
  );
}

/**
 * A network whose logits are those of `model`, divided by the temperature. Weights and offsets of the heads are divided, so that the
 * graph stays as it is; all other outputs are the same to the bit.
 *
 * @throws RecipeError for a temperature that is no finite number above 0, and a model without such heads.
 */
export function temperLogits(model: Model, temperature: number): Model {
  requireTemperature(temperature);
  const { graph } = model;
  const names = new Set(graph.initializers.map(({ name }) => name));
  const parametersOf = (head: string) => parameters.map((parameter) => `${head}.${parameter}`);
  const present = heads.filter((head, index) => index === 0 || parametersOf(head).some((name) => names.has(name)));
  const divided = new Set(present.flatMap(parametersOf));
  const missing = [...divided].filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new RecipeError(
      `${graph.name} has no ${missing.join(' and ')} to divide by a temperature`,
      'Divide logits of an identity network as it was trained, in float32, or leave the temperature out.',
    );
  }
  const initializers = graph.initializers.map((one) => (divided.has(one.name) ? dividedBy(one, temperature) : one));
  return { ...model, graph: { ...graph, initializers } };
}

function dividedBy({ name, dtype, shape, data }: Tensor, temperature: number): Tensor {
  if (dtype !== 'float32') {
    throw new RecipeError(`${name} is ${dtype}, not float32`, 'Divide by the temperature before weights are rounded.');
  }
  return tensor(
    name,
    dtype,
    shape,
    (data as Float32Array).map((value) => value / temperature),
  );
}
