/* The loop of all operations on two inputs that spread over the output. */
#ifndef EDGEBEAT_KERNELS_SPREAD_LOOP_H
#define EDGEBEAT_KERNELS_SPREAD_LOOP_H

/* Sets each element of y to COMPUTE(element of a, element of b); spread is an eb_spread. */
#define EB_SPREAD_LOOP(spread, a, b, y, COMPUTE)                                                                     \
  for (int32_t i = 0; i < (spread)->sizes[0]; i++) {                                                                 \
    for (int32_t j = 0; j < (spread)->sizes[1]; j++) {                                                               \
      for (int32_t k = 0; k < (spread)->sizes[2]; k++) {                                                             \
        int32_t at_a = i * (spread)->a_strides[0] + j * (spread)->a_strides[1] + k * (spread)->a_strides[2];         \
        int32_t at_b = i * (spread)->b_strides[0] + j * (spread)->b_strides[1] + k * (spread)->b_strides[2];         \
        for (int32_t l = 0; l < (spread)->sizes[3]; l++) {                                                           \
          *(y)++ = COMPUTE((a)[at_a], (b)[at_b]);                                                                    \
          at_a += (spread)->a_strides[3];                                                                            \
          at_b += (spread)->b_strides[3];                                                                            \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
  }

#endif
