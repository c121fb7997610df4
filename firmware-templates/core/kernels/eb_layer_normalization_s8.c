/*
 * Layer normalization of codes: a float32 island, one rounding for each operation, sums in the order of the elements. Real numbers
 * are computed from codes anew each time, which gives the same bits and needs no working memory.
 */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/normalizations.h"
#include "edgebeat/kernels/quantize.h"

static float real_of(const eb_layer_normalization_codes *codes, int8_t code) {
  return codes->input_scale * (float)((int32_t)code - codes->input_zero_point);
}

static void normalize_row(const eb_layer_normalization_codes *codes, const int8_t *x, int8_t *y) {
  const eb_layer_normalization *layer = &codes->layer;
  const float depth = (float)layer->depth;
  float sum = 0.0f;
  for (int32_t i = 0; i < layer->depth; i++) sum = sum + real_of(codes, x[i]);
  const float mean = sum / depth;
  float squares = 0.0f;
  for (int32_t i = 0; i < layer->depth; i++) {
    const float difference = real_of(codes, x[i]) - mean;
    squares = squares + difference * difference;
  }
  const float factor = 1.0f / eb_sqrt(squares / depth + layer->epsilon);
  for (int32_t i = 0; i < layer->depth; i++) {
    const float normalized = (real_of(codes, x[i]) - mean) * factor;
    const float result = normalized * layer->scale[i] + layer->bias[i];
    y[i] = eb_code_of(result / codes->output_scale, codes->output_zero_point);
  }
}

void eb_layer_normalization_s8(const eb_layer_normalization_codes *codes, const int8_t *x, int8_t *y) {
  for (int32_t row = 0; row < codes->layer.rows; row++) {
    normalize_row(codes, x, y);
    x += codes->layer.depth;
    y += codes->layer.depth;
  }
}
