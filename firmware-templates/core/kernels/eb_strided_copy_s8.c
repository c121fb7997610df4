/* Copies codes between tensors that lie in memory differently. */
#include "edgebeat/kernels/moves.h"

void eb_strided_copy_s8(const eb_strided_copy *copy, const int8_t *x, int8_t *y) {
  for (int32_t i = 0; i < copy->sizes[0]; i++) {
    for (int32_t j = 0; j < copy->sizes[1]; j++) {
      for (int32_t k = 0; k < copy->sizes[2]; k++) {
        const int8_t *from = x + (i * copy->x_strides[0] + j * copy->x_strides[1] + k * copy->x_strides[2]);
        int8_t *to = y + (i * copy->y_strides[0] + j * copy->y_strides[1] + k * copy->y_strides[2]);
        for (int32_t l = 0; l < copy->sizes[3]; l++) to[l * copy->y_strides[3]] = from[l * copy->x_strides[3]];
      }
    }
  }
}
