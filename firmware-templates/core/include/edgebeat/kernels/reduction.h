/* Means, sums and maxima over dimensions. */
#ifndef EDGEBEAT_KERNELS_REDUCTION_H
#define EDGEBEAT_KERNELS_REDUCTION_H

#include <stdint.h>

#include "edgebeat/kernels/fixed-point.h"

/* For each output element, in the order of memory, the elements that come together in it; strides are those of the input. */
typedef struct {
  int32_t kept_sizes[4];
  int32_t kept_strides[4];
  int32_t reduced_sizes[4];
  int32_t reduced_strides[4];
} eb_reduction;

/* TFLite's MEAN and SUM: an integer sum, rescaled once. */
typedef struct {
  eb_reduction reduction;
  /* The number of elements that come together times the input's zero point, negative. */
  int32_t offset;
  eb_rescaling rescaling;
  eb_code_range range;
} eb_reduced_sum;

/* Mean or sum: that is in the rescaling. */
void eb_reduce_sum_s8(const eb_reduced_sum *sum, const int8_t *x, int8_t *y);
void eb_reduce_max_s8(const eb_reduction *reduction, const int8_t *x, int8_t *y);

typedef struct {
  eb_reduction reduction;
  /* 1 for a sum. */
  float divisor;
} eb_reduced_reals;

/* Sums in the order of the elements, divided. */
void eb_reduce_sum_f32(const eb_reduced_reals *sum, const float *x, float *y);
void eb_reduce_max_f32(const eb_reduction *reduction, const float *x, float *y);

#endif
