/* The feature in which QRS complexes stand out: QRS band, derivative, magnitude, moving integration. */
#include "edgebeat/qrs-feature.h"

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"
#include "qrs-band-coefficients.h"

void eb_qrs_feature_init(eb_qrs_feature *state) {
  for (int i = 0; i < 2; i++) eb_biquad_init(&state->band[i]);
  eb_ring128_init(&state->banded);
  eb_ring64_init(&state->slopes);
}

float eb_qrs_feature_update(eb_qrs_feature *state, float sample) {
  float value = sample;
  for (int i = 0; i < 2; i++) value = eb_biquad_update(&state->band[i], &qrs_band[i], value);
  eb_ring128_put(&state->banded, value);
  const int32_t now = state->banded.count - 1;
  const float before = now >= EB_DERIVATIVE_SPAN ? eb_ring128_at(&state->banded, now - EB_DERIVATIVE_SPAN) : value;
  eb_ring64_put(&state->slopes, eb_abs(value - before));
  /* Summed afresh for each sample: a running float32 sum would drift. */
  const int32_t first = now - EB_INTEGRATION_LENGTH + 1;
  float sum = 0.0f;
  for (int32_t i = first > 0 ? first : 0; i <= now; i++) sum = sum + eb_ring64_at(&state->slopes, i);
  return sum * (1.0f / (float)EB_INTEGRATION_LENGTH);
}

float eb_qrs_feature_steepest(const eb_qrs_feature *state, int32_t index) {
  const int32_t oldest = eb_ring64_oldest(&state->slopes);
  const int32_t newest = state->slopes.count - 1;
  const int32_t from = index - EB_INTEGRATION_LENGTH - 6;
  const int32_t to = index + 2;
  float largest = 0.0f;
  for (int32_t i = from > oldest ? from : oldest; i <= (to < newest ? to : newest); i++)
    largest = eb_max(largest, eb_ring64_at(&state->slopes, i));
  return largest;
}
