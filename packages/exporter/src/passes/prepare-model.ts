/** Brings a float model into the form that the quantizer and the TensorFlow.js back end take. */
import {
  type Graph,
  GraphError,
  inferShapes,
  type Model,
  type Node,
  toSinglePrecision,
  type ValueInfo,
} from '@edgebeat/graph';
import { applyRule } from './apply-rule.js';
import { checkSizes } from './check-sizes.js';
import { withoutDeadNodes } from './eliminate-dead-nodes.js';
import { symbolicBatch, withBatchOfOne } from './fix-batch.js';
import { foldConstants } from './fold-constants.js';
import { nameOf } from './nodes.js';
import { foldNormalization } from './rules/fold-normalization.js';
import { rules } from './rules/index.js';

/** Of a model that was trained for int8. */
const RANGES_KEY = 'edgebeat.ranges';

/** One application of a rule. */
export interface AppliedRule {
  /** Name of the rule: `fold-batch-normalization`, … */
  readonly rule: string;
  /** The node (by its first output where it has no name), initializer or input at which it matched. */
  readonly node: string;
}

export interface PreparedModel {
  readonly model: Model;
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedRule[];
}

/**
 * Applies the rewrite rules until nothing changes. In this order:
 *
 * 1. `widen-half-precision`: initializers stored as float16 are float32;
 * 2. `fix-batch`, only where shapes mix an open batch with other dimensions: the batch is 1;
 * 3. `eliminate-dead-nodes`: what no output depends on;
 * 4. again and again: `fold-constants` (by onnxruntime, which is why there is a promise), then the rules of `rules/index.ts`, each
 *    until it matches nothing more; `fold-normalization` not where the metadata have ranges (`edgebeat.ranges`), which are those
 *    of values that it replaces.
 *
 * Outputs stay the same but for rounding (weights are folded in float64 and rounded once). Names and order of inputs and outputs
 * and the metadata stay; the batch stays symbolic unless `fix-batch` says otherwise.
 *
 * @param model a float model as `importModel` gives it
 * @throws GraphError for a model outside the supported subset
 * @throws ExportError for values or constants that are too large, constants that cannot be computed, and BatchNormalization in
 * training mode
 */
export async function prepareModel(model: Model): Promise<PreparedModel> {
  const applied: AppliedRule[] = [];
  const note = (rule: string, nodes: readonly string[]) => applied.push(...nodes.map((node) => ({ rule, node })));

  const single = toSinglePrecision(model);
  note('widen-half-precision', namesLost(model.graph, single.graph));
  const fixed = withKnownShapes(single, (input) => note('fix-batch', [input]));
  checkSizes(fixed.graph);
  const alive = { ...fixed, graph: withoutDeadNodes(fixed.graph) };
  note('eliminate-dead-nodes', namesLost(fixed.graph, alive.graph));

  // Ranges that were learnt are those of the values as they were.
  const applicable = model.metadata.has(RANGES_KEY) ? rules.filter((rule) => rule !== foldNormalization) : rules;
  let current: Model = alive;
  for (let before = -1; before !== applied.length; ) {
    before = applied.length;
    const { model: folded, folded: nodes } = await foldConstants(current);
    note('fold-constants', nodes.map(nameOf));
    let graph = withoutDeadNodes(folded.graph);
    for (const rule of applicable) {
      const result = applyRule(rule, graph);
      note(rule.name, result.matched.map(nameOf));
      graph = result.graph;
    }
    current = { ...folded, graph };
  }
  return { model: { ...current, graph: { ...current.graph, valueInfo: innerValues(current.graph) } }, applied };
}

/** Where shapes cannot be followed with an open batch, but can with a batch of one, that model. */
function withKnownShapes(model: Model, fixed: (input: string) => void): Model {
  try {
    inferShapes(model.graph);
    return model;
  } catch (error) {
    const batch = error instanceof GraphError ? symbolicBatch(model) : undefined;
    if (batch === undefined) throw error;
    const single = withBatchOfOne(model, batch);
    inferShapes(single.graph);
    for (const { name, shape } of model.graph.inputs) if (shape?.includes(batch)) fixed(name);
    return single;
  }
}

function namesLost(before: Graph, after: Graph): string[] {
  const kept = new Set<Node>(after.nodes);
  return before.nodes.filter((node) => !kept.has(node)).map(nameOf);
}

function innerValues(graph: Graph): ValueInfo[] {
  const types = inferShapes(graph);
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const made = graph.nodes.flatMap((node) => node.outputs).filter((name) => name !== '' && !outputs.has(name));
  return made.map((name) => ({ name, ...types.get(name)! }));
}
