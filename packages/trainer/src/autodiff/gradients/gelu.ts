/**
 * Gelu: dX = dY · (Φ(X) + X · φ(X)), Φ and φ the normal distribution function and its density; for the tanh approximation
 * the derivative of that expression (Hendrycks and Gimpel 2016).
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import type { Gradient } from '../gradient.js';

export const gelu: Gradient<'Gelu'> = {
  backward(call) {
    const slope = call.attributes.approximate === 'tanh' ? slopeOfTanh : slopeOfErf;
    return [call.g.mul(call.dY, slope(call.g, call.input(0)))];
  },
};

function slopeOfErf(g: GraphBuilder, x: Value): Value {
  const distribution = g.mul(g.add(g.erf(g.mul(x, g.float32(Math.SQRT1_2))), g.float32(1)), g.float32(0.5));
  const bell = g.exp(g.mul(g.mul(x, x), g.float32(-0.5)));
  return g.add(distribution, g.mul(g.mul(x, bell), g.float32(1 / Math.sqrt(2 * Math.PI))));
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
