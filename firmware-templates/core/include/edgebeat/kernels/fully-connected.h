/* A fully connected layer over the last dimension. */
#ifndef EDGEBEAT_KERNELS_FULLY_CONNECTED_H
#define EDGEBEAT_KERNELS_FULLY_CONNECTED_H

#include <stdint.h>

#include "edgebeat/kernels/output-channels.h"

typedef struct {
  int32_t rows;
  /* Inputs of each output. */
  int32_t depth;
  /* Outputs of each row. */
  int32_t width;
  /* [width, depth] */
  const int8_t *weights;
  eb_output_channels outputs;
} eb_fully_connected;

/* x [rows, depth], y [rows, width] */
void eb_fully_connected_s8(const eb_fully_connected *layer, const int8_t *x, int8_t *y);

#endif
