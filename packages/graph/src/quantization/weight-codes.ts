/** The codes of weights: symmetric, the largest magnitude of a channel at 127. */

/** The code of a channel's largest weight: −128 is left out, so that codes are symmetric. */
export const MOST_WEIGHT_CODE = 127;

/** Scale of a channel of zeros. */
export const LEAST_WEIGHT_SCALE = 1e-12;
