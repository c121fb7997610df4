/* Sum of real numbers element by element. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/element-wise.h"
#include "edgebeat/kernels/spread-loop.h"

void eb_add_f32(const eb_spread *spread, const float *a, const float *b, float *y) {
#define EB_COMPUTE(p, q) ((p) + (q))
  EB_SPREAD_LOOP(spread, a, b, y, EB_COMPUTE)
}
