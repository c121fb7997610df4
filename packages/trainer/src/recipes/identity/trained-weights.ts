/** Weights of a model file, put into the network of a recipe that trained it. */
import { decodeModel, encodeModel, type Model, type Tensor, toSinglePrecision } from '@edgebeat/graph';
import { RecipeError } from '../../recipe-error.js';

/**
 * The network with the weights and running statistics of a file.
 *
 * @param network as a recipe builds it, with whatever outputs its losses want.
 * @param trained the file's model, its weights in float32 or float16.
 * @param file how errors name it.
 * @throws RecipeError for a file of any other network: of other layers or sizes, or that looks at another part of a beat.
 */
export function withTrainedWeights(network: Model, trained: Model, file: string): Model {
  // Files hold numbers of attributes as float32.
  const wanted = decodeModel(encodeModel(network)).graph;
  const { graph } = toSinglePrecision(trained);
  const given = new Map(graph.initializers.map((initializer) => [initializer.name, initializer]));
  const isSame =
    describe(wanted.nodes) === describe(graph.nodes) &&
    wanted.initializers.length === given.size &&
    wanted.initializers.every((own) => isAlike(own, given.get(own.name)));
  if (!isSame) {
    throw new RecipeError(
      `${file} is not the ${network.graph.name} of this recipe`,
      `Give a file that "edgebeat train ${network.graph.name}" wrote for the same protocol, on the same recordings.`,
    );
  }
  const initializers = network.graph.initializers.map((own): Tensor => (isLearnt(own) ? given.get(own.name)! : own));
  return { ...network, graph: { ...network.graph, initializers } };
}

/** Everything that nodes are, but for their comments. */
function describe(nodes: Model['graph']['nodes']): string {
  return JSON.stringify(
    nodes.map(({ operator, inputs, outputs, attributes }) => [operator, inputs, outputs, [...attributes].sort(byName)]),
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** What is not learnt, shapes and bounds, has to be the same; of the rest the size. */
function isAlike(own: Tensor, other: Tensor | undefined): boolean {
  if (!other || own.dtype !== other.dtype || own.shape.join() !== other.shape.join()) return false;
  return isLearnt(own) || own.data.every((value: number | bigint, index: number) => value === other.data[index]);
}

function isLearnt({ dtype, shape }: Tensor): boolean {
  return dtype === 'float32' && shape.length > 0;
}
