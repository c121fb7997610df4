/**
 * Gelu: dX = dY · (Φ(X) + X · φ(X)), Φ and φ the normal distribution function and its density; for the tanh approximation
 * the derivative of that expression (Hendrycks and Gimpel 2016).
 *
 * In training X · Φ(X) is computed as that, so that Φ(X), the dearest piece, is computed once.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import type { Gradient } from '../gradient.js';

export const gelu: Gradient<'Gelu'> = {
  forward(g, [x], { approximate }, name) {
    if (approximate === 'tanh') return undefined;
    const distribution = distributionOf(g, x!);
    return [g.mul(x!, distribution, { name }), distribution];
  },
  backward(call) {
    const { g, dY } = call;
    const x = call.input(0);
    if (call.attributes.approximate === 'tanh') return [g.mul(dY, slopeOfTanh(g, x))];
    return [g.mul(dY, g.add(call.output(1), g.mul(x, densityOf(g, x))))];
  },
};

/** Φ(x). */
function distributionOf(g: GraphBuilder, x: Value): Value {
  return g.add(g.mul(g.erf(g.mul(x, g.float32(Math.SQRT1_2))), g.float32(0.5)), g.float32(0.5));
}

/** φ(x) = exp(−x² / 2 − ln √(2π)): as a difference, one pass over the values fewer than a factor would take. */
function densityOf(g: GraphBuilder, x: Value): Value {
  const scaled = g.mul(x, g.float32(Math.SQRT1_2));
  return g.exp(g.sub(g.float32(-0.5 * Math.log(2 * Math.PI)), g.mul(scaled, scaled)));
}

function slopeOfTanh(g: GraphBuilder, x: Value): Value {
  const [scale, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
  const square = g.mul(x, x);
  const inner = g.mul(x, g.add(g.mul(square, g.float32(scale * cubic)), g.float32(scale)));
  const bent = g.tanh(inner);
  const innerSlope = g.add(g.mul(square, g.float32(3 * scale * cubic)), g.float32(scale));
  const bend = g.sub(g.float32(1), g.mul(bent, bent));
  const left = g.mul(g.add(bent, g.float32(1)), g.float32(0.5));
  return g.add(left, g.mul(g.mul(x, g.float32(0.5)), g.mul(bend, innerSlope)));
}
