/* A fully connected layer over the last dimension. */
#include "edgebeat/kernels/dot-product.h"
#include "edgebeat/kernels/fully-connected.h"

void eb_fully_connected_s8(const eb_fully_connected *layer, const int8_t *x, int8_t *y) {
  const int32_t depth = layer->depth;
  for (int32_t row = 0; row < layer->rows; row++, x += depth) {
    const int8_t *weights = layer->weights;
    for (int32_t output = 0; output < layer->width; output++, weights += depth) {
      *y++ = eb_output_code(&layer->outputs, output, eb_dot_s8(weights, x, depth));
    }
  }
}
