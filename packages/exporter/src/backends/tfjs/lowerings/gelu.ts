/** Gelu: x/2 · (1 + erf(x / √2)), or with tanh(√(2/π) · (x + 0.044715·x³)) in the place of erf. */
import { computes } from '../lowering-call.js';
import { mapElements } from './elementwise.js';

const CUBIC = 0.044715;

export const gelu = computes<'Gelu'>((call) => {
  const scalar = (value: number) => call.writer.scalar(value);
  mapElements(call, (x) => {
    const bounded = call.attributes.approximate === 'tanh' ? byTanh(x) : byErf(x);
    const half = call.emit('Mul', [x, scalar(0.5)]);
    return call.emit('Mul', [half, call.emit('AddV2', [bounded, scalar(1)])]);
  });

  function byErf(x: string): string {
    return call.emit('Erf', [call.emit('Mul', [x, scalar(Math.SQRT1_2)])]);
  }

  function byTanh(x: string): string {
    // x + c·x³ = x · (1 + c·x²)
    const square = call.emit('Mul', [call.emit('Square', [x]), scalar(CUBIC)]);
    const inner = call.emit('Mul', [x, call.emit('AddV2', [square, scalar(1)])]);
    return call.emit('Tanh', [call.emit('Mul', [inner, scalar(Math.sqrt(2 / Math.PI))])]);
  }
});
