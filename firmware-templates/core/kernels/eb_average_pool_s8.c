/* Mean of the codes under a sliding window. */
#include "edgebeat/kernels/pooling-window.h"
#include "edgebeat/kernels/pooling.h"

static int8_t mean_under(const eb_pooling *pooling, const int8_t *x, int32_t row, int32_t column) {
  int32_t sum = 0;
  int32_t count = 0;
#define EB_ADD(at)                                                                                                   \
  sum += x[(at) * pooling->channels];                                                                                \
  count++;
  EB_WINDOW_LOOP(&pooling->window, row, column, EB_ADD)
  return (int8_t)((sum > 0 ? sum + count / 2 : sum - count / 2) / count);
}

void eb_average_pool_s8(const eb_pooling *pooling, const int8_t *x, int8_t *y) {
  for (int32_t row = 0; row < pooling->window.output_height; row++) {
    for (int32_t column = 0; column < pooling->window.output_width; column++) {
      for (int32_t channel = 0; channel < pooling->channels; channel++) {
        *y++ = mean_under(pooling, x + channel, row, column);
      }
    }
  }
}
