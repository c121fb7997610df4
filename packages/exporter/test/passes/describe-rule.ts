/** Tests of one rewrite rule by itself: what it makes of its patterns, and that onnxruntime gives the same before and after. */

import { GraphBuilder, type Model, tensor, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { applyRule } from '../../src/passes/apply-rule.js';
import type { Rule } from '../../src/passes/rule.js';
import { difference, outputsOf, randomNumbers } from './same-outputs.js';

/** Builds a pattern and gives its result, or several that are outputs. */
export type Build = (g: GraphBuilder) => Value | readonly Value[];

/** A pattern and the operators of what the rule leaves; where the rule does not apply, those of the pattern itself. */
export type Case = readonly [build: Build, operators: string];

export const signal = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 10]);
export const image = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 6, 5]);
export const rows = (g: GraphBuilder) => g.input('x', 'float32', ['N', 6]);
export const tokens = (g: GraphBuilder) => g.input('x', 'float32', ['N', 5, 6]);

export function random(g: GraphBuilder, name: string, shape: readonly number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 17);
  return g.constant(tensor(name, 'float32', shape, randomNumbers(count, seed)));
}

export function positive(g: GraphBuilder, name: string, shape: readonly number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(
    tensor(
      name,
      'float32',
      shape,
      randomNumbers(count, 5).map((value) => Math.abs(value) + 0.1),
    ),
  );
}

export function normalised(g: GraphBuilder, x: Value, channels = x.shape[1] as number, name = 'bn'): Value {
  const [scale, bias, mean] = ['scale', 'bias', 'mean'].map((what) => random(g, `${name}.${what}`, [channels]));
  return g.batchNormalization(x, scale!, bias!, mean!, positive(g, `${name}.variance`, [channels]), { epsilon: 1e-3 });
}

/** Over the last dimension, of 6. */
export function layerNormalised(g: GraphBuilder, x: Value): Value {
  return g.layerNormalization(x, random(g, 'ln.scale', [6]), random(g, 'ln.bias', [6]));
}

export function build(make: Build): Model {
  const g = new GraphBuilder('pattern');
  const made = make(g);
  const results = Array.isArray(made) ? (made as Value[]) : [made as Value];
  results.forEach((value, index) => {
    g.output(`out${index}`, value);
  });
  return g.build();
}

export function describeRule(rule: Rule, cases: Readonly<Record<string, Case>>): void {
  describe(rule.name, () => {
    test.each(Object.keys(cases))('%s', async (title) => {
      const [make, operators] = cases[title]!;
      const model = build(make);
      const { graph, matched } = applyRule(rule, model.graph);
      expect(graph.nodes.map(({ operator }) => operator).join(' ')).toBe(operators);
      if (matched.length === 0) expect(graph).toEqual(model.graph);
      expect(graph.inputs).toEqual(model.graph.inputs);
      expect(graph.outputs).toEqual(model.graph.outputs);
      const [before, after] = [await outputsOf(model, model.graph), await outputsOf({ ...model, graph }, model.graph)];
      expect(difference(before, after)).toBeLessThan(1e-5);
    });
  });
}
