/* Padding of real numbers. */
#include "edgebeat/kernels/moves.h"

void eb_fill_f32(const eb_fill_reals *fill, float *y) {
  for (int32_t i = 0; i < fill->count; i++) y[i] = fill->value;
}
