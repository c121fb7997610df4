/* A window that slides over height and width. */
#ifndef EDGEBEAT_KERNELS_SLIDING_WINDOW_H
#define EDGEBEAT_KERNELS_SLIDING_WINDOW_H

#include <stdint.h>

typedef struct {
  int32_t input_height, input_width;
  int32_t output_height, output_width;
  int32_t kernel_height, kernel_width;
  int32_t stride_height, stride_width;
  int32_t dilation_height, dilation_width;
  /* Elements before the first row and before the first column. */
  int32_t pad_top, pad_left;
} eb_sliding_window;

#endif
