/* Square roots of real numbers. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/element-wise.h"

void eb_sqrt_f32(int32_t count, const float *x, float *y) {
  for (int32_t i = 0; i < count; i++) y[i] = eb_sqrt(x[i]);
}
