/** Random graphs of many operations in C, under sanitizers, against the integer interpreter. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { elementCount } from '../../src/interpreter/indices.js';
import { IntegerInterpreter } from '../../src/interpreter/integer-interpreter.js';
import { NativeProgram, SANITIZERS } from './native-program.js';
import { Random, randomGraph } from './random-graph.js';

const GRAPHS = 60;
const RUNS = 3;
const graphs = Array.from({ length: GRAPHS }, (_, seed) => randomGraph(seed));

describeWithProgram('cc', 'random graphs in C', (compiler) => {
  let program: NativeProgram;
  beforeAll(() => {
    program = new NativeProgram(compiler, graphs, SANITIZERS);
  }, 300_000);
  afterAll(() => program?.remove());

  test.each(graphs.map((graph, index) => ({ index, name: graph.name })))('$name', ({ index }) => {
    const graph = graphs[index]!;
    const [input] = graph.inputs as [string];
    const count = elementCount(graph.tensors.get(input)!.shape);
    const inputs = Array.from({ length: RUNS }, (_, run) => ({ [input]: new Random(1000 + run).codes(count) }));
    const interpreter = new IntegerInterpreter(graph);
    expect(program.run(index, inputs)).toEqual(inputs.map((codes) => interpreter.run(codes)));
  });
});
