/* Real numbers to codes. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/quantize.h"

void eb_quantize_s8(const eb_quantization *quantization, const float *x, int8_t *y) {
  for (int32_t i = 0; i < quantization->count; i++) {
    y[i] = eb_code_of(x[i] / quantization->scale, quantization->zero_point);
  }
}
