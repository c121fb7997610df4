/* Convolution over one or two dimensions, in groups, channels last. */
#ifndef EDGEBEAT_KERNELS_CONV_H
#define EDGEBEAT_KERNELS_CONV_H

#include <stdint.h>

#include "edgebeat/kernels/output-channels.h"
#include "edgebeat/kernels/sliding-window.h"

/* A convolution over one dimension has the height 1. */
typedef struct {
  eb_sliding_window window;
  int32_t input_channels;
  int32_t filters;
  int32_t groups;
  int32_t input_zero_point;
  /* [filters, kernel height, kernel width, input channels / groups] */
  const int8_t *weights;
  eb_output_channels outputs;
} eb_conv;

/*
 * x [input height, input width, input channels], y [output height, output width, filters]. Padding is the input's zero point.
 * patch: kernel height * kernel width * input channels / groups bytes of working memory.
 */
void eb_conv_s8(const eb_conv *conv, const int8_t *x, int8_t *y, int8_t *patch);

#endif
