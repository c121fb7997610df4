/* Codes to real numbers. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/quantize.h"

void eb_dequantize_s8(const eb_quantization *quantization, const int8_t *x, float *y) {
  for (int32_t i = 0; i < quantization->count; i++) {
    y[i] = quantization->scale * (float)((int32_t)x[i] - quantization->zero_point);
  }
}
