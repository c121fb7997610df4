/* Layer normalization of real numbers: one rounding for each operation, sums in the order of the elements. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/normalizations.h"

static void normalize_row(const eb_layer_normalization *layer, const float *x, float *y) {
  const float depth = (float)layer->depth;
  float sum = 0.0f;
  for (int32_t i = 0; i < layer->depth; i++) sum = sum + x[i];
  const float mean = sum / depth;
  float squares = 0.0f;
  for (int32_t i = 0; i < layer->depth; i++) {
    const float difference = x[i] - mean;
    squares = squares + difference * difference;
  }
  const float factor = 1.0f / eb_sqrt(squares / depth + layer->epsilon);
  for (int32_t i = 0; i < layer->depth; i++) {
    const float normalized = (x[i] - mean) * factor;
    y[i] = normalized * layer->scale[i] + layer->bias[i];
  }
}

void eb_layer_normalization_f32(const eb_layer_normalization *layer, const float *x, float *y) {
  for (int32_t row = 0; row < layer->rows; row++) {
    normalize_row(layer, x, y);
    x += layer->depth;
    y += layer->depth;
  }
}
