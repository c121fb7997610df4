/* Operations on rows: softmax, layer normalization, Euclidean norm 1. y may be x in all of them. */
#ifndef EDGEBEAT_KERNELS_NORMALIZATIONS_H
#define EDGEBEAT_KERNELS_NORMALIZATIONS_H

#include <stdint.h>

typedef struct {
  int32_t rows;
  /* 65,535 at most. */
  int32_t depth;
  /* round(65536 * exp(-scale * k)) for k = 0...255, how far a code lies below the greatest of its row. */
  const uint32_t *exponentials;
} eb_softmax;

/* Scale 1/256 and zero point -128. */
void eb_softmax_s8(const eb_softmax *softmax, const int8_t *x, int8_t *y);

typedef struct {
  int32_t rows;
  int32_t depth;
  float epsilon;
  /* [depth] */
  const float *scale;
  const float *bias;
} eb_layer_normalization;

/* Scales and zero points of input and output. */
typedef struct {
  eb_layer_normalization layer;
  float input_scale;
  int32_t input_zero_point;
  float output_scale;
  int32_t output_zero_point;
} eb_layer_normalization_codes;

void eb_layer_normalization_s8(const eb_layer_normalization_codes *codes, const int8_t *x, int8_t *y);
void eb_layer_normalization_f32(const eb_layer_normalization *layer, const float *x, float *y);

typedef struct {
  int32_t rows;
  /* 33,025 at most. */
  int32_t depth;
  int32_t zero_point;
} eb_l2_normalization;

/* TFLite's L2_NORMALIZATION: scale 1/128 and zero point 0. */
void eb_l2_normalization_s8(const eb_l2_normalization *norm, const int8_t *x, int8_t *y);

#endif
