/* The product of two activations. */
#ifndef EDGEBEAT_KERNELS_MAT_MUL_H
#define EDGEBEAT_KERNELS_MAT_MUL_H

#include <stdint.h>

#include "edgebeat/kernels/fixed-point.h"

/* As many products as there are matrices; strides are distances in elements. */
typedef struct {
  int32_t matrices, rows, columns, depth;
  int32_t a_matrix_stride, a_row_stride;
  int32_t b_matrix_stride, b_column_stride;
  int32_t y_matrix_stride, y_row_stride;
  int32_t a_zero_point, b_zero_point;
  eb_rescaling rescaling;
  eb_code_range range;
} eb_mat_mul;

/* y = a * b. Neighbours in memory are those along the depth in a and in b, and those along a row in y. */
void eb_mat_mul_s8(const eb_mat_mul *product, const int8_t *a, const int8_t *b, int8_t *y);

#endif
