/* Embeddings on the unit sphere. Sums run from index 0 upwards, float32 with one rounding per operation. */
#include "edgebeat/embedding.h"

#include <string.h>

#include "edgebeat/float32.h"

bool eb_normalise(const float *embedding, float *unit, int32_t length) {
  float squares = 0.0f;
  for (int32_t i = 0; i < length; i++) squares = squares + embedding[i] * embedding[i];
  const float norm = eb_sqrt(squares);
  if (!(norm > 0.0f) || norm > FLT_MAX) return false;
  for (int32_t i = 0; i < length; i++) unit[i] = embedding[i] / norm;
  return true;
}

bool eb_mean_direction_init(eb_mean_direction *state, int32_t length) {
  if (length < 1 || length > EB_EMBEDDING_LENGTH) return false;
  memset(state, 0, sizeof *state);
  state->length = length;
  return true;
}

bool eb_mean_direction_add(eb_mean_direction *state, const float *embedding) {
  float unit[EB_EMBEDDING_LENGTH];
  if (!eb_normalise(embedding, unit, state->length)) return false;
  for (int32_t i = 0; i < state->length; i++) state->sum[i] = state->sum[i] + unit[i];
  state->count++;
  return true;
}

bool eb_mean_direction_get(const eb_mean_direction *state, float *unit) {
  if (state->count == 0) return false;
  for (int32_t i = 0; i < state->length; i++) unit[i] = state->sum[i] / (float)state->count;
  return eb_normalise(unit, unit, state->length);
}
