/* Sums and means of real numbers, in the order of the elements. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/reduction-loops.h"
#include "edgebeat/kernels/reduction.h"

static float sum_of(const eb_reduction *reduction, const float *x) {
  float total = 0.0f;
#define EB_ADD(at) total = total + x[at];
  EB_STRIDED_LOOP(reduction->reduced_sizes, reduction->reduced_strides, EB_ADD)
  return total;
}

void eb_reduce_sum_f32(const eb_reduced_reals *sum, const float *x, float *y) {
  const eb_reduction *reduction = &sum->reduction;
#define EB_REDUCE(at) *y++ = sum_of(reduction, x + (at)) / sum->divisor;
  EB_STRIDED_LOOP(reduction->kept_sizes, reduction->kept_strides, EB_REDUCE)
}
