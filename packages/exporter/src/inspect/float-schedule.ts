/** The steps of a float network: its nodes, but for those that compute constants. */
import {
  arrayOf,
  elementCount,
  type Graph,
  nodeMacs,
  parametersOf,
  type SizedType,
  windowSizes,
} from '@edgebeat/graph';
import { ConstantOrigins } from './constant-origins.js';
import { type Schedule, type Step, type StoredTensor, VIEWS } from './schedule.js';

/** @throws GraphError for a graph whose shapes cannot be inferred */
export function floatSchedule(graph: Graph): Schedule {
  const sizes = windowSizes(graph);
  const constants = new ConstantOrigins(graph);
  const parameters = new Set(parametersOf(graph).map(({ name }) => name));
  const counted = new Set<string>();
  const steps = graph.nodes
    .filter((node) => !constants.isConstant(node))
    .map((node): Step => {
      const fresh = constants.behind(node).filter(({ name }) => !counted.has(name));
      for (const { name } of fresh) counted.add(name);
      return {
        name: node.name || node.outputs[0]!,
        operator: node.operator,
        inputs: node.inputs.filter((name) => name !== '' && !constants.has(name)),
        outputs: node.outputs.filter((name) => name !== ''),
        parameters: sum(fresh.filter(({ name }) => parameters.has(name)).map(({ shape }) => elementCount(shape))),
        weightBytes: sum(fresh.map(({ data }) => data.byteLength)),
        macs: nodeMacs(node, sizes),
        isFloat: true,
        isView: VIEWS.has(node.operator),
      };
    });
  const inputs = graph.inputs.map(({ name }) => name).filter((name) => !constants.has(name));
  const names = [...inputs, ...steps.flatMap(({ outputs }) => outputs)];
  return {
    steps,
    tensors: new Map(names.map((name) => [name, stored(name, sizes.get(name)!)])),
    inputs,
    outputs: graph.outputs.map(({ name }) => name),
  };
}

function stored(name: string, { dtype, shape }: SizedType): StoredTensor {
  return { name, shape, dtype, bytes: elementCount(shape) * arrayOf(dtype).BYTES_PER_ELEMENT };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
