/* Relu or Clip of real numbers. */
#include "edgebeat/float32.h"
#include "edgebeat/kernels/element-wise.h"

static float clipped(const eb_clip *clip, float x) {
  if (x < clip->least) return clip->least;
  return x > clip->most ? clip->most : x;
}

void eb_clip_f32(const eb_clip *clip, const float *x, float *y) {
  for (int32_t i = 0; i < clip->count; i++) y[i] = clipped(clip, x[i]);
}
