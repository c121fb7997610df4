/* Product of codes element by element. */
#include "edgebeat/kernels/element-wise.h"
#include "edgebeat/kernels/spread-loop.h"

static int8_t mul(const eb_scaled_product *product, int8_t a, int8_t b) {
  const int32_t result = ((int32_t)a - product->a_zero_point) * ((int32_t)b - product->b_zero_point);
  return eb_requantize(result, product->rescaling.multiplier, product->rescaling.shift, product->range);
}

void eb_mul_s8(const eb_scaled_product *product, const int8_t *a, const int8_t *b, int8_t *y) {
#define EB_COMPUTE(p, q) mul(product, p, q)
  EB_SPREAD_LOOP(&product->spread, a, b, y, EB_COMPUTE)
}
