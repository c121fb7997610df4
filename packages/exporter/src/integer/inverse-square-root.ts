/** 1 / √x of an int32 in fixed point, as TFLite's L2_NORMALIZATION computes it. */
import { type QuantizedMultiplier, roundingDivideByPOT, saturatingRoundingDoublingHighMul } from './fixed-point.js';

const INT32_LEAST = -(2 ** 31);
const INT32_MOST = 2 ** 31 - 1;
/** With three integer bits; √½ with none. */
const ONE = 2 ** 28;
const THREE_HALVES = 2 ** 28 + 2 ** 27;
const ROOT_OF_HALF = 1518500250;

/**
 * TFLite's GetInvSqrtQuantizedMultiplierExp: five Newton steps on a mantissa with three integer bits. 0 counts as 1.
 *
 * @param x 0 or more, int32
 * @returns 1 / √x; unlike that of `quantizeMultiplier`, the multiplier is not normalised.
 */
export function inverseSquareRoot(x: number): QuantizedMultiplier {
  if (x <= 1) return { multiplier: INT32_MOST, shift: 0 };
  let mantissa = x;
  let rightShift = 11;
  while (mantissa >= 2 ** 29) {
    mantissa = Math.floor(mantissa / 4);
    rightShift++;
  }
  const bitPairs = ((Math.clz32(mantissa) - 1) >> 1) - 1;
  rightShift -= bitPairs;
  mantissa <<= 2 * bitPairs;

  const half = roundingDivideByPOT(mantissa >> 1, 1);
  let root = ONE;
  for (let step = 0; step < 5; step++) {
    const square = saturatingRoundingDoublingHighMul(root, root);
    const cube = saturatingShiftLeft(saturatingRoundingDoublingHighMul(square, root), 6);
    const next = saturatingRoundingDoublingHighMul(THREE_HALVES, root) - saturatingRoundingDoublingHighMul(half, cube);
    root = saturatingShiftLeft(next, 3);
  }
  const multiplier = saturatingRoundingDoublingHighMul(root, ROOT_OF_HALF);
  return rightShift < 0
    ? { multiplier: multiplier << -rightShift, shift: 0 }
    : { multiplier, shift: rightShift === 0 ? 0 : -rightShift };
}

function saturatingShiftLeft(x: number, bits: number): number {
  return Math.min(Math.max(x * 2 ** bits, INT32_LEAST), INT32_MOST);
}
