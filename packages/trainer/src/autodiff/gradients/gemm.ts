/** Gemm: Y = α · A' · B' + β · C; its gradients are Gemms again, so that no transpose is ever stored. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const gemm: Gradient<'Gemm'> = {
  backward(call) {
    const { g, dY } = call;
    const { alpha, beta, transA, transB } = call.attributes;
    const [a, b] = [call.input(0), call.input(1)];
    const byA = () =>
      transA ? g.gemm(b, dY, { alpha, transA: transB, transB: true }) : g.gemm(dY, b, { alpha, transB: !transB });
    const byB = () =>
      transB ? g.gemm(dY, a, { alpha, transA: true, transB: transA }) : g.gemm(a, dY, { alpha, transA: !transA });
    const byC = () => {
      const sum = sumToShape(g, dY, call.shape(2));
      return beta === 1 ? sum : g.mul(sum, g.float32(beta));
    };
    return [call.wants(0) ? byA() : undefined, call.wants(1) ? byB() : undefined, call.wants(2) ? byC() : undefined];
  },
};
