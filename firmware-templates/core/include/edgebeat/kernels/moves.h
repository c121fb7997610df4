/* Operations that put elements elsewhere: transposes, slices, parts of a concatenation, the inside of a padded tensor. */
#ifndef EDGEBEAT_KERNELS_MOVES_H
#define EDGEBEAT_KERNELS_MOVES_H

#include <stdint.h>

/* Distances in elements, along up to four dimensions. */
typedef struct {
  int32_t sizes[4];
  int32_t x_strides[4];
  int32_t y_strides[4];
} eb_strided_copy;

void eb_strided_copy_s8(const eb_strided_copy *copy, const int8_t *x, int8_t *y);
void eb_strided_copy_f32(const eb_strided_copy *copy, const float *x, float *y);

typedef struct {
  int8_t value;
  int32_t count;
} eb_fill_codes;

typedef struct {
  float value;
  int32_t count;
} eb_fill_reals;

void eb_fill_s8(const eb_fill_codes *fill, int8_t *y);
void eb_fill_f32(const eb_fill_reals *fill, float *y);

#endif
