/* Greatest codes. */
#include "edgebeat/kernels/reduction-loops.h"
#include "edgebeat/kernels/reduction.h"

static int8_t max_of(const eb_reduction *reduction, const int8_t *x) {
  int8_t most = -128;
#define EB_COMPARE(at)                                                                                               \
  if (x[at] > most) most = x[at];
  EB_STRIDED_LOOP(reduction->reduced_sizes, reduction->reduced_strides, EB_COMPARE)
  return most;
}

void eb_reduce_max_s8(const eb_reduction *reduction, const int8_t *x, int8_t *y) {
#define EB_REDUCE(at) *y++ = max_of(reduction, x + (at));
  EB_STRIDED_LOOP(reduction->kept_sizes, reduction->kept_strides, EB_REDUCE)
}
