/* Sums and means of codes. */
#include "edgebeat/kernels/reduction-loops.h"
#include "edgebeat/kernels/reduction.h"

static int32_t sum_of(const eb_reduction *reduction, const int8_t *x) {
  int32_t total = 0;
#define EB_ADD(at) total += x[at];
  EB_STRIDED_LOOP(reduction->reduced_sizes, reduction->reduced_strides, EB_ADD)
  return total;
}

void eb_reduce_sum_s8(const eb_reduced_sum *sum, const int8_t *x, int8_t *y) {
  const eb_reduction *reduction = &sum->reduction;
#define EB_REDUCE(at)                                                                                                \
  *y++ = eb_requantize(sum->offset + sum_of(reduction, x + (at)), sum->rescaling.multiplier, sum->rescaling.shift,   \
                       sum->range);
  EB_STRIDED_LOOP(reduction->kept_sizes, reduction->kept_strides, EB_REDUCE)
}
