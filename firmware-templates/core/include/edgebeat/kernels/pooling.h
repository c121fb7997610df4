/* Maximum and mean under a sliding window, channels last; padding does not count. */
#ifndef EDGEBEAT_KERNELS_POOLING_H
#define EDGEBEAT_KERNELS_POOLING_H

#include <stdint.h>

#include "edgebeat/kernels/sliding-window.h"

/* No window may hold nothing but padding. */
typedef struct {
  eb_sliding_window window;
  int32_t channels;
} eb_pooling;

/* x [input height, input width, channels], y [output height, output width, channels] */
void eb_max_pool_s8(const eb_pooling *pooling, const int8_t *x, int8_t *y);

/* Of the codes themselves, rounded to nearest, halves away from the code 0. */
void eb_average_pool_s8(const eb_pooling *pooling, const int8_t *x, int8_t *y);

#endif
