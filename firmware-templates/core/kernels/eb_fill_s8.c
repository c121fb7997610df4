/* Padding of codes. */
#include "edgebeat/kernels/moves.h"

void eb_fill_s8(const eb_fill_codes *fill, int8_t *y) {
  for (int32_t i = 0; i < fill->count; i++) y[i] = fill->value;
}
