/* Finds the local maxima of the QRS feature as they become certain. */
#include "edgebeat/peak-picker.h"

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"

void eb_peak_picker_init(eb_peak_picker *state) {
  state->index = 0;
  state->value = 0.0f;
  state->highest = 0.0f;
  state->highest_at = -1;
}

bool eb_peak_picker_update(eb_peak_picker *state, float feature, int32_t now) {
  if (feature > state->highest) {
    state->highest = feature;
    state->highest_at = now;
    return false;
  }
  if (state->highest_at < 0) {
    state->highest = feature;
    return false;
  }
  if (feature >= state->highest * 0.5f && now - state->highest_at < EB_PEAK_TIMEOUT) return false;
  state->index = state->highest_at;
  state->value = state->highest;
  state->highest = feature;
  state->highest_at = -1;
  return true;
}
