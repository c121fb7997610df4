/* Softmax of rows, from tabulated exponentials. */
#include "edgebeat/kernels/normalizations.h"

static void softmax_row(const eb_softmax *softmax, const int8_t *x, int8_t *y) {
  int32_t most = -128;
  for (int32_t i = 0; i < softmax->depth; i++) {
    if (x[i] > most) most = x[i];
  }
  uint32_t sum = 0;
  for (int32_t i = 0; i < softmax->depth; i++) sum += softmax->exponentials[most - x[i]];
  const uint32_t half = sum / 2;
  for (int32_t i = 0; i < softmax->depth; i++) {
    const uint32_t share = (softmax->exponentials[most - x[i]] * 256U + half) / sum;
    y[i] = (int8_t)((share > 255U ? 255 : (int32_t)share) - 128);
  }
}

void eb_softmax_s8(const eb_softmax *softmax, const int8_t *x, int8_t *y) {
  for (int32_t row = 0; row < softmax->rows; row++) {
    softmax_row(softmax, x, y);
    x += softmax->depth;
    y += softmax->depth;
  }
}
