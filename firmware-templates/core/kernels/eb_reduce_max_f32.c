/* Greatest real numbers. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/reduction-loops.h"
#include "edgebeat/kernels/reduction.h"

static float max_of(const eb_reduction *reduction, const float *x) {
  float most = -__builtin_inff();
#define EB_COMPARE(at)                                                                                               \
  if (x[at] > most) most = x[at];
  EB_STRIDED_LOOP(reduction->reduced_sizes, reduction->reduced_strides, EB_COMPARE)
  return most;
}

void eb_reduce_max_f32(const eb_reduction *reduction, const float *x, float *y) {
#define EB_REDUCE(at) *y++ = max_of(reduction, x + (at));
  EB_STRIDED_LOOP(reduction->kept_sizes, reduction->kept_strides, EB_REDUCE)
}
