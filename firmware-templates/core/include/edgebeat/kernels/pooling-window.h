/* Those elements under a sliding window that are no padding. */
#ifndef EDGEBEAT_KERNELS_POOLING_WINDOW_H
#define EDGEBEAT_KERNELS_POOLING_WINDOW_H

/* Runs BODY(position in the input) for each, of the window at this row and column of the output. */
#define EB_WINDOW_LOOP(window, row, column, BODY)                                                                    \
  for (int32_t i = 0; i < (window)->kernel_height; i++) {                                                            \
    const int32_t at_row = (row) * (window)->stride_height - (window)->pad_top + i * (window)->dilation_height;      \
    if (at_row < 0 || at_row >= (window)->input_height) continue;                                                    \
    for (int32_t j = 0; j < (window)->kernel_width; j++) {                                                           \
      const int32_t at_column = (column) * (window)->stride_width - (window)->pad_left + j * (window)->dilation_width; \
      if (at_column < 0 || at_column >= (window)->input_width) continue;                                             \
      BODY(at_row * (window)->input_width + at_column)                                                               \
    }                                                                                                                \
  }

#endif
