/* Activity windows: a few seconds of the 0.5-40 Hz signal, z-scored. */
#include "edgebeat/activity-windows.h"

#include <string.h>

#include "edgebeat/normalize.h"

bool eb_activity_windows_init(eb_activity_windows *state, int32_t length, int32_t hop) {
  if (length < 1 || length > EB_ACTIVITY_LENGTH || hop < 1 || hop > length) return false;
  memset(state, 0, sizeof *state);
  state->length = length;
  state->hop = hop;
  return true;
}

bool eb_activity_windows_update(eb_activity_windows *state, float sample, int32_t now, eb_activity_window *window) {
  state->samples[state->held++] = sample;
  if (state->held < state->length) return false;
  memcpy(state->window, state->samples, (size_t)state->length * sizeof(float));
  eb_normalize(state->window, state->length, EB_NORMALIZE_Z_SCORE);
  state->held = state->length - state->hop;
  memmove(state->samples, &state->samples[state->hop], (size_t)state->held * sizeof(float));
  window->samples = state->window;
  window->length = state->length;
  window->end = now;
  return true;
}
