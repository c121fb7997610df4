/* The loops of reductions. */
#ifndef EDGEBEAT_KERNELS_REDUCTION_LOOPS_H
#define EDGEBEAT_KERNELS_REDUCTION_LOOPS_H

/* Runs BODY(position in memory) for all of up to four dimensions, the last one fastest. */
#define EB_STRIDED_LOOP(sizes, strides, BODY)                                                                        \
  for (int32_t i = 0; i < (sizes)[0]; i++) {                                                                         \
    for (int32_t j = 0; j < (sizes)[1]; j++) {                                                                       \
      for (int32_t k = 0; k < (sizes)[2]; k++) {                                                                     \
        for (int32_t l = 0; l < (sizes)[3]; l++) {                                                                   \
          BODY(i * (strides)[0] + j * (strides)[1] + k * (strides)[2] + l * (strides)[3])                            \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
  }

#endif
