/* The product of two activations. */
#include "edgebeat/kernels/mat-mul.h"

/* The sum of (a[i] - a's zero point) * (b[i] - b's zero point). */
static int32_t product_of(const eb_mat_mul *product, const int8_t *a, const int8_t *b) {
  int32_t sum = 0;
  for (int32_t i = 0; i < product->depth; i++) {
    sum += ((int32_t)a[i] - product->a_zero_point) * ((int32_t)b[i] - product->b_zero_point);
  }
  return sum;
}

void eb_mat_mul_s8(const eb_mat_mul *product, const int8_t *a, const int8_t *b, int8_t *y) {
  const eb_rescaling rescaling = product->rescaling;
  for (int32_t matrix = 0; matrix < product->matrices; matrix++) {
    const int8_t *b_matrix = b + matrix * product->b_matrix_stride;
    for (int32_t row = 0; row < product->rows; row++) {
      const int8_t *a_row = a + matrix * product->a_matrix_stride + row * product->a_row_stride;
      int8_t *y_row = y + matrix * product->y_matrix_stride + row * product->y_row_stride;
      for (int32_t column = 0; column < product->columns; column++) {
        const int32_t sum = product_of(product, a_row, b_matrix + column * product->b_column_stride);
        y_row[column] = eb_requantize(sum, rescaling.multiplier, rescaling.shift, product->range);
      }
    }
  }
}
