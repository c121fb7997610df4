/* Normalisation of beats and windows, in place, float32 with one rounding per operation. */
#include "edgebeat/normalize.h"

#include "edgebeat/float32.h"

/* To 0...1. A constant gives zeros. */
static void min_max(float *values, int32_t count) {
  float low = values[0];
  float high = values[0];
  for (int32_t i = 0; i < count; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const float range = high - low;
  for (int32_t i = 0; i < count; i++) values[i] = range > 0.0f ? (values[i] - low) / range : 0.0f;
}

/* To mean 0 and (population) standard deviation 1. A constant gives zeros. */
static void z_score(float *values, int32_t count) {
  float sum = 0.0f;
  for (int32_t i = 0; i < count; i++) sum = sum + values[i];
  const float mean = sum / (float)count;
  float squares = 0.0f;
  for (int32_t i = 0; i < count; i++) {
    const float deviation = values[i] - mean;
    squares = squares + deviation * deviation;
  }
  const float deviation = eb_sqrt(squares / (float)count);
  for (int32_t i = 0; i < count; i++) values[i] = deviation > 0.0f ? (values[i] - mean) / deviation : 0.0f;
}

void eb_normalize(float *values, int32_t count, eb_normalization how) {
  if (how == EB_NORMALIZE_MIN_MAX) min_max(values, count);
  if (how == EB_NORMALIZE_Z_SCORE) z_score(values, count);
}
