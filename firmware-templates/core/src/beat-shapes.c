/* The shapes of the beats of late. */
#include "edgebeat/beat-shapes.h"

#include <stdbool.h>
#include <string.h>

#include "edgebeat/float32.h"

void eb_beat_shapes_init(eb_beat_shapes *state) { memset(state, 0, sizeof *state); }

static void take_window(eb_beat_shapes *state, const eb_ring128 *banded, int32_t centre) {
  const int32_t from = centre - EB_SHAPE_REACH - EB_SHAPE_LAG;
  const int32_t oldest = eb_ring128_oldest(banded);
  for (int32_t i = 0; i < EB_SHAPE_LENGTH + 2 * EB_SHAPE_LAG; i++) {
    const int32_t at = from + i;
    state->window[i] = at < oldest || at >= banded->count ? 0.0f : eb_ring128_at(banded, at);
  }
  for (int32_t lag = 0; lag < EB_SHAPE_LAGS; lag++) {
    float power = 0.0f;
    for (int32_t i = 0; i < EB_SHAPE_LENGTH; i++) power = power + state->window[lag + i] * state->window[lag + i];
    state->norms[lag] = eb_sqrt(power);
  }
}

float eb_beat_shapes_compare(eb_beat_shapes *state, const eb_ring128 *banded, int32_t centre) {
  bool any = false;
  float largest = 0.0f;
  state->best = -1;
  state->best_lag = 0;
  take_window(state, banded, centre);
  for (int32_t k = 0; k < EB_SHAPE_COUNT; k++) {
    if (state->last_use[k] == 0) continue;
    any = true;
    for (int32_t lag = 0; lag < EB_SHAPE_LAGS; lag++) {
      float product = 0.0f;
      for (int32_t i = 0; i < EB_SHAPE_LENGTH; i++) product = product + state->window[lag + i] * state->shapes[k][i];
      const float norm = state->norms[lag];
      const float correlation = product > 0.0f && norm > 0.0f ? product / norm : 0.0f;
      if (correlation > largest) {
        largest = correlation;
        state->best = k;
        state->best_lag = lag;
      }
    }
  }
  return any ? largest : 1.0f;
}

/* The template that was longest without use. */
static int32_t idlest(const eb_beat_shapes *state) {
  int32_t slot = 0;
  for (int32_t k = 1; k < EB_SHAPE_COUNT; k++)
    if (state->last_use[k] < state->last_use[slot]) slot = k;
  return slot;
}

void eb_beat_shapes_learn(eb_beat_shapes *state, const eb_ring128 *banded, int32_t centre) {
  if (centre - EB_SHAPE_REACH - EB_SHAPE_LAG < eb_ring128_oldest(banded)) return;
  const float correlation = eb_beat_shapes_compare(state, banded, centre);
  const bool is_new = state->best < 0 || correlation < EB_SAME_SHAPE;
  const int32_t slot = is_new ? idlest(state) : state->best;
  const int32_t lag = is_new ? EB_SHAPE_LAG : state->best_lag;
  state->clock++;
  state->last_use[slot] = state->clock;
  const float norm = state->norms[lag];
  if (!(norm > 0.0f)) return;
  float *shape = state->shapes[slot];
  float total = 0.0f;
  for (int32_t i = 0; i < EB_SHAPE_LENGTH; i++) {
    const float value = state->window[lag + i] / norm;
    shape[i] = is_new ? value : shape[i] + EB_SHAPE_LEARNING_RATE * (value - shape[i]);
    total = total + shape[i] * shape[i];
  }
  const float scale = eb_sqrt(total);
  if (scale > 0.0f)
    for (int32_t i = 0; i < EB_SHAPE_LENGTH; i++) shape[i] = shape[i] / scale;
}
