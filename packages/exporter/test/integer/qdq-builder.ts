/** QDQ graphs for tests, written as short as they can be. */
import { GraphBuilder, type Model, tensor, type Value } from '@edgebeat/graph';

export class QdqBuilder {
  readonly g = new GraphBuilder('test');
  #count = 0;

  /** A graph input and its pair. */
  input(name: string, shape: readonly (number | string)[], scale = 0.05, zeroPoint = 3): Value {
    return this.pair(this.g.input(name, 'float32', shape), scale, zeroPoint);
  }

  pair(value: Value, scale = 0.05, zeroPoint = 0, name = this.#name('value')): Value {
    const { g } = this;
    const parameters = [
      g.constant(tensor(this.#name('scale'), 'float32', [], [scale])),
      g.constant(tensor(this.#name('zero'), 'int8', [], [zeroPoint])),
    ] as const;
    return g.dequantizeLinear(g.quantizeLinear(value, ...parameters), ...parameters, { name });
  }

  /** int8 codes 1, 2, 3 … with a scale for each entry of `axis`, 0.01, 0.02 …; one scale where there is no axis. */
  weight(shape: readonly number[], axis?: number): Value {
    const { g } = this;
    const count = shape.reduce((product, size) => product * size, 1);
    const codes = tensor(
      this.#name('codes'),
      'int8',
      shape,
      Int8Array.from({ length: count }, (_, i) => (i % 100) + 1),
    );
    const scales = axis === undefined ? [] : [shape[axis]!];
    const data = Float32Array.from({ length: scales[0] ?? 1 }, (_, i) => (i + 1) / 100);
    const scale = g.constant(tensor(this.#name('scale'), 'float32', scales, data));
    return g.dequantizeLinear(g.constant(codes), scale, undefined, {
      name: this.#name('weight'),
      ...(axis !== undefined && { axis }),
    });
  }

  /** An int32 bias in these units. */
  bias(codes: readonly number[], scales: readonly number[]): Value {
    const { g } = this;
    const scale = g.constant(tensor(this.#name('scale'), 'float32', [scales.length], scales));
    return g.dequantizeLinear(
      g.constant(tensor(this.#name('codes'), 'int32', [codes.length], codes)),
      scale,
      undefined,
      {
        name: this.#name('bias'),
        axis: 0,
      },
    );
  }

  real(shape: readonly number[], data: readonly number[]): Value {
    return this.g.constant(tensor(this.#name('real'), 'float32', shape, data));
  }

  build(outputs: Readonly<Record<string, Value>>): Model {
    for (const [name, value] of Object.entries(outputs)) this.g.output(name, value);
    return this.g.build();
  }

  #name(stem: string): string {
    return `${stem}${this.#count++}`;
  }
}
