/* Between real numbers and codes: real = scale * (code - zero point). Twin of packages/exporter/src/integer/quantize.ts. */
#ifndef EDGEBEAT_KERNELS_QUANTIZE_H
#define EDGEBEAT_KERNELS_QUANTIZE_H

#include <stdint.h>

typedef struct {
  float scale;
  int32_t zero_point;
  int32_t count;
} eb_quantization;

/* Nearest code, halves away from zero, cut off at -128 and 127; NaN becomes the zero point. */
void eb_quantize_s8(const eb_quantization *quantization, const float *x, int8_t *y);

/* scale * (code - zero point), rounded to float32 once. */
void eb_dequantize_s8(const eb_quantization *quantization, const int8_t *x, float *y);

/* The code of so many steps from zero. */
static inline int8_t eb_code_of(float steps, int32_t zero_point) {
  if (steps != steps) return (int8_t)zero_point;
  if (steps >= 256.0f) return 127;
  if (steps <= -256.0f) return -128;
  const float magnitude = steps < 0.0f ? -steps : steps;
  const int32_t below = (int32_t)magnitude;
  const int32_t rounded = magnitude - (float)below >= 0.5f ? below + 1 : below;
  const int32_t code = (steps < 0.0f ? -rounded : rounded) + zero_point;
  if (code > 127) return 127;
  return (int8_t)(code < -128 ? -128 : code);
}

#endif
