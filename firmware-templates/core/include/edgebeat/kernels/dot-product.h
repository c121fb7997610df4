/* Sums of products of codes, which every network spends its time on. */
#ifndef EDGEBEAT_KERNELS_DOT_PRODUCT_H
#define EDGEBEAT_KERNELS_DOT_PRODUCT_H

#include <stdint.h>

/* The sum of a[i] * b[i]; the exporter has seen to it that it stays within int32. */
static inline int32_t eb_dot_s8(const int8_t *a, const int8_t *b, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; i++) sum += (int32_t)a[i] * b[i];
  return sum;
}

#endif
