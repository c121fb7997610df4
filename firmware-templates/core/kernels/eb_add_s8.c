/* Sum of codes of different scales. */
#include "edgebeat/kernels/element-wise.h"
#include "edgebeat/kernels/spread-loop.h"

/* Codes get 20 bits behind the point. */
static int32_t scaled(int8_t code, int32_t zero_point, eb_rescaling rescaling) {
  return eb_rescale(((int32_t)code - zero_point) * (1 << 20), rescaling.multiplier, rescaling.shift);
}

static int8_t add(const eb_scaled_sum *sum, int8_t a, int8_t b) {
  const int32_t result = scaled(a, sum->a_zero_point, sum->a_rescaling) + scaled(b, sum->b_zero_point, sum->b_rescaling);
  return eb_requantize(result, sum->rescaling.multiplier, sum->rescaling.shift, sum->range);
}

void eb_add_s8(const eb_scaled_sum *sum, const int8_t *a, const int8_t *b, int8_t *y) {
#define EB_COMPUTE(p, q) add(sum, p, q)
  EB_SPREAD_LOOP(&sum->spread, a, b, y, EB_COMPUTE)
}
