/** Where the stages of a residual network end. */
import { inferShapes, type Model, type ValueInfo } from '@edgebeat/graph';
import { RecipeError } from '../../recipe-error.js';

/** Feature map at the end of a stage. */
export interface ResidualStage {
  /** Name of the value. */
  readonly value: string;
  readonly channels: number;
  readonly length: number;
}

/** The last activation of a block, as `residualBlock` names it. */
const BLOCK_END = /^stage(\d+)\.block\d+\.relu$/;

/** @throws RecipeError for a network without such stages. */
export function residualStages(model: Model): ResidualStage[] {
  const ends = new Map<string, string>();
  for (const { name, outputs } of model.graph.nodes) {
    const stage = BLOCK_END.exec(name)?.[1];
    // Later blocks of the stage come later.
    if (stage !== undefined) ends.set(stage, outputs[0]!);
  }
  if (ends.size === 0) {
    throw new RecipeError(
      `${model.graph.name} has no residual stages to learn from`,
      'Give a teacher that "edgebeat train resnet34" wrote.',
    );
  }
  const shapes = inferShapes(model.graph);
  return [...ends.values()].map((value) => {
    const [, channels, length] = shapes.get(value)!.shape as readonly number[];
    return { value, channels: channels!, length: length! };
  });
}

/** The model with further values of its graph as outputs. */
export function withOutputs(model: Model, values: readonly string[]): Model {
  const outputs = values.map((name): ValueInfo => ({ name, dtype: 'float32' }));
  return { ...model, graph: { ...model.graph, outputs: [...model.graph.outputs, ...outputs] } };
}
