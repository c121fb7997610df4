/* What Conv and Gemm add to each output channel's sum of products, and what they multiply it by. */
#ifndef EDGEBEAT_KERNELS_OUTPUT_CHANNELS_H
#define EDGEBEAT_KERNELS_OUTPUT_CHANNELS_H

#include <stdint.h>

#include "edgebeat/kernels/fixed-point.h"

/* One entry for each output channel. */
typedef struct {
  /* Bias less the input's zero point times the sum of the weights, so that sums run over bare codes. */
  const int32_t *offsets;
  /* With shifts: input scale * weight scale / output scale. */
  const int32_t *multipliers;
  const int8_t *shifts;
  eb_code_range range;
} eb_output_channels;

static inline int8_t eb_output_code(const eb_output_channels *channels, int32_t channel, int32_t sum) {
  return eb_requantize(sum + channels->offsets[channel], channels->multipliers[channel], channels->shifts[channel],
                       channels->range);
}

#endif
