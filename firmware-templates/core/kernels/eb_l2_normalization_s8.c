/*
 * Rows of codes to Euclidean norm 1, as TFLite's L2_NORMALIZATION has it. The inverse root is a twin of
 * packages/exporter/src/integer/inverse-square-root.ts.
 */
#include "edgebeat/kernels/fixed-point.h"
#include "edgebeat/kernels/normalizations.h"

static int32_t shift_left(int32_t x, int32_t bits) { return eb_clamp_s32((int64_t)x * (INT64_C(1) << bits)); }

/* 1 / sqrt(x) by five Newton steps on a mantissa with three integer bits; 0 counts as 1. */
static eb_rescaling inverse_root(int32_t x) {
  if (x <= 1) return (eb_rescaling){.multiplier = INT32_MAX, .shift = 0};
  int32_t right_shift = 11;
  for (; x >= (1 << 29); x /= 4) right_shift++;
  while (x < (1 << 27)) {
    x *= 4;
    right_shift--;
  }
  const int32_t half = eb_divide_by_power_of_two(x >> 1, 1);
  const int32_t three_halves = (1 << 28) + (1 << 27);
  int32_t root = 1 << 28;
  for (int32_t step = 0; step < 5; step++) {
    const int32_t square = eb_doubling_high_mul(root, root);
    const int32_t cube = shift_left(eb_doubling_high_mul(square, root), 6);
    root = shift_left(eb_doubling_high_mul(three_halves, root) - eb_doubling_high_mul(half, cube), 3);
  }
  const int32_t root_of_half = 1518500250;
  const int32_t multiplier = eb_doubling_high_mul(root, root_of_half);
  if (right_shift < 0) return (eb_rescaling){.multiplier = (int32_t)((uint32_t)multiplier << -right_shift), .shift = 0};
  return (eb_rescaling){.multiplier = multiplier, .shift = -right_shift};
}

static void normalize_row(const eb_l2_normalization *norm, const int8_t *x, int8_t *y) {
  const eb_code_range all_codes = {.zero_point = 0, .least = -128, .most = 127};
  /* The output's scale is 2^-7. */
  const int32_t output_bits = 7;
  int32_t squares = 0;
  for (int32_t i = 0; i < norm->depth; i++) {
    const int32_t difference = (int32_t)x[i] - norm->zero_point;
    squares += difference * difference;
  }
  const eb_rescaling inverse = inverse_root(squares);
  for (int32_t i = 0; i < norm->depth; i++) {
    y[i] = eb_requantize((int32_t)x[i] - norm->zero_point, inverse.multiplier, inverse.shift + output_bits, all_codes);
  }
}

void eb_l2_normalization_s8(const eb_l2_normalization *norm, const int8_t *x, int8_t *y) {
  for (int32_t row = 0; row < norm->rows; row++) {
    normalize_row(norm, x, y);
    x += norm->depth;
    y += norm->depth;
  }
}
