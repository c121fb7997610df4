/* Convolution over one or two dimensions, in groups, channels last. */
#include <stdbool.h>
#include <string.h>

#include "edgebeat/kernels/conv.h"
#include "edgebeat/kernels/dot-product.h"

/* Whether what lies under a window is one piece of x. */
static bool is_one_piece(const eb_conv *conv, int32_t left) {
  const eb_sliding_window *w = &conv->window;
  return conv->groups == 1 && w->input_height == 1 && w->kernel_height == 1 && w->dilation_width == 1 && left >= 0 &&
         left + w->kernel_width <= w->input_width;
}

/* Lays out what a filter is multiplied by: kernel height * kernel width rows of the group's channels. */
static void lay_out(const eb_conv *conv, const int8_t *x, int32_t top, int32_t left, int32_t group, int8_t *patch) {
  const eb_sliding_window *w = &conv->window;
  const int32_t channels = conv->input_channels / conv->groups;
  for (int32_t i = 0; i < w->kernel_height; i++) {
    const int32_t row = top + i * w->dilation_height;
    for (int32_t j = 0; j < w->kernel_width; j++) {
      const int32_t column = left + j * w->dilation_width;
      if (row < 0 || row >= w->input_height || column < 0 || column >= w->input_width) {
        memset(patch, conv->input_zero_point, (size_t)channels);
      } else {
        const int32_t position = row * w->input_width + column;
        memcpy(patch, x + position * conv->input_channels + group * channels, (size_t)channels);
      }
      patch += channels;
    }
  }
}

void eb_conv_s8(const eb_conv *conv, const int8_t *x, int8_t *y, int8_t *patch) {
  const eb_sliding_window *w = &conv->window;
  const int32_t depth = w->kernel_height * w->kernel_width * (conv->input_channels / conv->groups);
  const int32_t group_filters = conv->filters / conv->groups;
  for (int32_t row = 0; row < w->output_height; row++) {
    const int32_t top = row * w->stride_height - w->pad_top;
    for (int32_t column = 0; column < w->output_width; column++) {
      const int32_t left = column * w->stride_width - w->pad_left;
      for (int32_t group = 0; group < conv->groups; group++) {
        const int8_t *under = patch;
        if (is_one_piece(conv, left) && top == 0) {
          under = x + left * conv->input_channels;
        } else {
          lay_out(conv, x, top, left, group, patch);
        }
        const int32_t end = (group + 1) * group_filters;
        for (int32_t filter = group * group_filters; filter < end; filter++) {
          *y++ = eb_output_code(&conv->outputs, filter, eb_dot_s8(conv->weights + filter * depth, under, depth));
        }
      }
    }
  }
}
