/*
 * Fixed-point rescaling as TFLite's int8 scheme has it, with gemmlowp's two roundings. Twin of
 * packages/exporter/src/integer/fixed-point.ts. Right shifts of negative numbers keep the sign, as every compiler for these cores has it.
 */
#ifndef EDGEBEAT_KERNELS_FIXED_POINT_H
#define EDGEBEAT_KERNELS_FIXED_POINT_H

#include <stdint.h>

/* The real number multiplier * 2^(shift - 31). */
typedef struct {
  /* 0 or more. */
  int32_t multiplier;
  /* -31 to 30. */
  int32_t shift;
} eb_rescaling;

/* What an int8 output adds to a rescaled sum, and where it is cut off. */
typedef struct {
  int32_t zero_point;
  int32_t least;
  int32_t most;
} eb_code_range;

static inline int32_t eb_clamp_s32(int64_t value) {
  if (value > INT32_MAX) return INT32_MAX;
  return value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

/* a * b / 2^31, rounded to nearest, halves up. Not both may be -2^31. */
static inline int32_t eb_doubling_high_mul(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

/* x / 2^exponent, rounded to nearest, halves away from zero; exponent 0 to 31. */
static inline int32_t eb_divide_by_power_of_two(int32_t x, int32_t exponent) {
  const int32_t mask = (int32_t)((UINT32_C(1) << exponent) - 1U);
  const int32_t threshold = (mask >> 1) + (x < 0);
  return (x >> exponent) + ((x & mask) > threshold);
}

/* x times a real number; where a positive shift makes x leave int32 it saturates. */
static inline int32_t eb_rescale(int32_t x, int32_t multiplier, int32_t shift) {
  if (shift <= 0) return eb_divide_by_power_of_two(eb_doubling_high_mul(x, multiplier), -shift);
  return eb_doubling_high_mul(eb_clamp_s32((int64_t)x * (INT64_C(1) << shift)), multiplier);
}

/* The code of a sum. Rescaled sums are far from the ends of int32 unless they saturate: hence the int64. */
static inline int8_t eb_requantize(int32_t sum, int32_t multiplier, int32_t shift, eb_code_range range) {
  const int64_t code = (int64_t)eb_rescale(sum, multiplier, shift) + range.zero_point;
  if (code > range.most) return (int8_t)range.most;
  return (int8_t)(code < range.least ? range.least : code);
}

#endif
