/** A batch of one, for models that cannot do with an open one. */
import {
  type Dimension,
  type Model,
  type Shape,
  UNKNOWN_DIMENSION,
  upgradeModel,
  type ValueInfo,
} from '@edgebeat/graph';

/** Name of the symbolic first dimension that inputs share; undefined where there is none. */
export function symbolicBatch({ graph }: Model): string | undefined {
  const names = new Set(graph.inputs.map(({ shape }) => shape?.[0]).filter((size) => typeof size === 'string'));
  const [name] = names;
  return names.size === 1 && name !== UNKNOWN_DIMENSION ? name : undefined;
}

/** The model with 1 in the place of a symbolic dimension; shapes that it computes from it are constants. */
export function withBatchOfOne(model: Model, name: string): Model {
  const fixed = (dimension: Dimension) => (dimension === name ? 1 : dimension);
  const fixedInfo = (info: ValueInfo): ValueInfo => ({
    ...info,
    ...(info.shape ? { shape: info.shape.map(fixed) as Shape } : {}),
  });
  const { graph } = model;
  return upgradeModel({
    ...model,
    graph: { ...graph, inputs: graph.inputs.map(fixedInfo), outputs: graph.outputs.map(fixedInfo), valueInfo: [] },
  });
}
