/* Element by element: two inputs that spread over the output, and functions of one code or number. */
#ifndef EDGEBEAT_KERNELS_ELEMENT_WISE_H
#define EDGEBEAT_KERNELS_ELEMENT_WISE_H

#include <stdint.h>

#include "edgebeat/kernels/fixed-point.h"

/* The output's elements in their order in memory; distances in memory of the inputs' elements, 0 where they repeat. */
typedef struct {
  int32_t sizes[4];
  int32_t a_strides[4];
  int32_t b_strides[4];
} eb_spread;

/* Inputs are brought to a common scale, added or subtracted, and brought to the output's. */
typedef struct {
  eb_spread spread;
  int32_t a_zero_point, b_zero_point;
  eb_rescaling a_rescaling, b_rescaling;
  eb_rescaling rescaling;
  eb_code_range range;
} eb_scaled_sum;

typedef struct {
  eb_spread spread;
  int32_t a_zero_point, b_zero_point;
  eb_rescaling rescaling;
  eb_code_range range;
} eb_scaled_product;

/* y may be a or b where that has as many elements as y. */
void eb_add_s8(const eb_scaled_sum *sum, const int8_t *a, const int8_t *b, int8_t *y);
void eb_sub_s8(const eb_scaled_sum *sum, const int8_t *a, const int8_t *b, int8_t *y);
void eb_mul_s8(const eb_scaled_product *product, const int8_t *a, const int8_t *b, int8_t *y);

void eb_add_f32(const eb_spread *spread, const float *a, const float *b, float *y);
void eb_sub_f32(const eb_spread *spread, const float *a, const float *b, float *y);
void eb_mul_f32(const eb_spread *spread, const float *a, const float *b, float *y);
void eb_div_f32(const eb_spread *spread, const float *a, const float *b, float *y);

/* y[i] = table[x[i] + 128]; y may be x. */
void eb_look_up_s8(const int8_t table[256], int32_t count, const int8_t *x, int8_t *y);

/* Square roots; y may be x. */
void eb_sqrt_f32(int32_t count, const float *x, float *y);

typedef struct {
  float least;
  float most;
  int32_t count;
} eb_clip;

/* NaN stays what it is; y may be x. */
void eb_clip_f32(const eb_clip *clip, const float *x, float *y);

#endif
