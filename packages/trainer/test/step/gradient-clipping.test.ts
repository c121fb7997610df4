/** Clipping by the joint norm, as the step applies it and as it reports it. */
import { describe, expect, test } from '@jest/globals';
import { momentNames } from '../../src/step/training-step.js';
import { flat, linearGradients, linearStep, withSession } from './toy-models.js';

const x = [
  [1, 2, -1],
  [0.5, 0, 3],
];
const slope = [
  [2, -1],
  [0, 1.5],
];
const gradients = linearGradients(x, slope);
const norm = Math.hypot(...gradients.weight, ...gradients.bias);

/** Norm reported, and gradients as AdamW received them: β₁ = 0 makes them its first moments. */
async function clipped(clipNorm: number | undefined, factor = 1) {
  const step = linearStep({ adamW: { beta1: 0 }, ...(clipNorm === undefined ? {} : { clipNorm }) });
  return withSession(step, async (session) => {
    const feed = { x: flat(x), slope: flat(slope.map((row) => row.map((value) => factor * value))) };
    const { gradientNorm } = await session.run(feed, 0.1, 1);
    const state = session.state();
    return {
      gradientNorm,
      received: [...state.get(momentNames('weight').first)!, ...state.get(momentNames('bias').first)!],
    };
  });
}

const times = (factor: number) =>
  [...gradients.weight, ...gradients.bias].map((value) => expect.closeTo(factor * value, 5));

describe('gradients', () => {
  test('are left alone without a limit', async () => {
    expect(await clipped(undefined)).toEqual({ gradientNorm: expect.closeTo(norm, 5), received: times(1) });
  });

  test('are left alone below the limit, to the bit', async () => {
    expect((await clipped(norm * 1.01)).received).toEqual((await clipped(undefined)).received);
  });

  test.each([0.5, 0.01])('are scaled down together to %d of their norm, which is reported as it was', async (share) => {
    const { gradientNorm, received } = await clipped(share * norm);
    expect(gradientNorm).toBeCloseTo(norm, 5);
    expect(received).toEqual(times(share));
    expect(Math.hypot(...received)).toBeCloseTo(share * norm, 5);
  });

  test('of 0 stay 0', async () => {
    expect(await clipped(1, 0)).toEqual({ gradientNorm: 0, received: new Array(8).fill(0) });
  });
});
