/** Any values of any model, batch by batch. */
import { GraphBuilder, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { ExportError } from '../../src/export-error.js';
import { ModelRunner } from '../../src/runner/model-runner.js';

/** y = relu(x + 1), [N, 3]; `sum` is what comes before Relu. */
function network(batch: number | 'N' = 'N'): Model {
  const g = new GraphBuilder('small');
  g.output('y', g.relu(g.add(g.input('x', 'float32', [batch, 3]), g.float32(1), { name: 'sum' })));
  return g.build();
}

function difference(): Model {
  const g = new GraphBuilder('two');
  g.output('d', g.sub(g.input('a', 'float32', ['N', 2]), g.input('b', 'float32', ['N', 2])));
  return g.build();
}

const windows = [-3, -1, 0, 2, 5].map((first) => Float32Array.of(first, 0, -first));

async function valuesOf(model: Model, values: readonly string[], options = {}) {
  const runner = await ModelRunner.open(model, { values, ...options });
  try {
    return await runner.run(windows);
  } finally {
    await runner.release();
  }
}

describe('a model that is run on windows', () => {
  test('gives outputs, inner values and its input, one row for each window', async () => {
    const rows = await valuesOf(network(), ['y', 'sum', 'x'], { batch: 2 });
    expect([...rows.keys()]).toEqual(['y', 'sum', 'x']);
    expect(rows.get('x')).toEqual(windows);
    expect(rows.get('sum')).toEqual(windows.map((window) => window.map((x) => x + 1)));
    expect(rows.get('y')).toEqual(windows.map((window) => window.map((x) => Math.max(0, x + 1))));
  });

  test('gives the same whatever the batch, one that the model fixes included', async () => {
    const rows = await valuesOf(network(), ['y']);
    for (const batch of [1, 2, 4, 8]) expect(await valuesOf(network(batch), ['y'])).toEqual(rows);
    expect(await valuesOf(network(), ['x'], { batch: 3 })).toEqual(new Map([['x', windows]]));
  });

  test('takes several inputs by name', async () => {
    const runner = await ModelRunner.open(difference());
    const rows = await runner.run([{ a: Float32Array.of(5, 3), b: Float32Array.of(1, 2) }]);
    await runner.release();
    expect(rows.get('d')).toEqual([Float32Array.of(4, 1)]);
  });
});

describe('refused is', () => {
  test('a window of another size, and one without names for two inputs', async () => {
    const runner = await ModelRunner.open(network());
    await expect(runner.run([windows[0]!, new Float32Array(4)])).rejects.toThrow(
      'window 1: has 4 elements for input "x", which takes 3',
    );
    await runner.release();
    const two = await ModelRunner.open(difference());
    await expect(two.run([new Float32Array(2)])).rejects.toThrow('has no elements for input "a"');
    await two.release();
  });

  test('a value that there is not, and an input whose size is open', async () => {
    await expect(ModelRunner.open(network(), { values: ['z'] })).rejects.toThrow('value "z": is none of the graph');
    const g = new GraphBuilder('open');
    g.output('y', g.relu(g.input('x', 'float32', ['N', 'L'])));
    await expect(ModelRunner.open(g.build())).rejects.toThrow(ExportError);
  });
});
