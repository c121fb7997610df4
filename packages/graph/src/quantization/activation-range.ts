/** From the range of real numbers that an activation spans to its scale and zero point (Jacob et al. 2018, asymmetric int8). */
import { GraphError } from '../graph-error.js';

/** Least and greatest real number of a tensor. */
export interface ActivationRange {
  readonly least: number;
  readonly most: number;
}

/** Ranges of activations by the names of their values. */
export type ActivationRanges = Readonly<Record<string, ActivationRange>>;

/** real = scale · (code − zeroPoint). */
export interface Int8Parameters {
  /** Above 0, a float32 number. */
  readonly scale: number;
  /** A whole number from −128 to 127. */
  readonly zeroPoint: number;
}

const LEAST_CODE = -128;
const CODES = 255;

/**
 * The parameters by which int8 codes span a range. The range is widened to hold 0, and moved by less than a step so that 0 has a
 * code of its own: padding with zeros, and Relu, must be exact.
 *
 * @throws GraphError for numbers that are not finite, or the wrong way round
 */
export function int8Parameters({ least, most }: ActivationRange): Int8Parameters {
  if (!Number.isFinite(least) || !Number.isFinite(most) || least > most) {
    throw new GraphError('quantization', `the range ${least} … ${most} is none`, 'give two finite numbers, in order');
  }
  const [low, high] = [Math.min(least, 0), Math.max(most, 0)];
  const scale = Math.fround((high - low) / CODES);
  // Nothing but zeros, or nearly so: any scale serves.
  if (!(scale >= LEAST_SCALE && scale < Number.POSITIVE_INFINITY)) return { scale: 1, zeroPoint: 0 };
  const zeroPoint = Math.round(LEAST_CODE - low / scale);
  return { scale, zeroPoint: Math.min(LEAST_CODE + CODES, Math.max(LEAST_CODE, zeroPoint)) };
}

/** Below it float32 has no full precision. */
const LEAST_SCALE = 2 ** -126;
