/* Greatest code under a sliding window. */
#include "edgebeat/kernels/pooling-window.h"
#include "edgebeat/kernels/pooling.h"

static int8_t max_under(const eb_pooling *pooling, const int8_t *x, int32_t row, int32_t column) {
  int8_t most = -128;
#define EB_COMPARE(at)                                                                                               \
  if (x[(at) * pooling->channels] > most) most = x[(at) * pooling->channels];
  EB_WINDOW_LOOP(&pooling->window, row, column, EB_COMPARE)
  return most;
}

void eb_max_pool_s8(const eb_pooling *pooling, const int8_t *x, int8_t *y) {
  for (int32_t row = 0; row < pooling->window.output_height; row++) {
    for (int32_t column = 0; column < pooling->window.output_width; column++) {
      for (int32_t channel = 0; channel < pooling->channels; channel++) {
        *y++ = max_under(pooling, x + channel, row, column);
      }
    }
  }
}
