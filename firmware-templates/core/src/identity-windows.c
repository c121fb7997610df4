/* Identity windows: three consecutive beats, each normalised by itself. */
#include "edgebeat/identity-windows.h"

#include <string.h>

#include "edgebeat/float32.h"

void eb_identity_windows_init(eb_identity_windows *state, eb_normalization normalization, int32_t stride) {
  memset(state, 0, sizeof *state);
  state->normalization = normalization;
  state->stride = stride;
}

void eb_identity_windows_clear(eb_identity_windows *state) { state->held = 0; }

/* The beats that the next window shares with the one just given move to the front. */
static void keep_shared_beats(eb_identity_windows *state) {
  const int32_t kept = state->stride < EB_BEATS_PER_WINDOW ? EB_BEATS_PER_WINDOW - state->stride : 0;
  const int32_t from = EB_BEATS_PER_WINDOW - kept;
  memmove(state->samples, &state->samples[from * EB_BEAT_LENGTH], (size_t)(kept * EB_BEAT_LENGTH) * sizeof(float));
  for (int32_t i = 0; i < kept; i++) {
    state->r_peaks[i] = state->r_peaks[from + i];
    state->qualities[i] = state->qualities[from + i];
  }
  state->held = kept;
}

bool eb_identity_windows_update(eb_identity_windows *state, const float *beat, int32_t r_peak, float quality,
                                eb_identity_window *window) {
  /* Only now, because the window given last points here. */
  if (state->held == EB_BEATS_PER_WINDOW) keep_shared_beats(state);
  if (state->held > 0 && r_peak - state->r_peaks[state->held - 1] > EB_LONGEST_RR) state->held = 0;
  float *row = &state->samples[state->held * EB_BEAT_LENGTH];
  memcpy(row, beat, EB_BEAT_LENGTH * sizeof *row);
  eb_normalize(row, EB_BEAT_LENGTH, state->normalization);
  state->r_peaks[state->held] = r_peak;
  state->qualities[state->held] = quality;
  state->held++;
  if (state->held < EB_BEATS_PER_WINDOW) return false;
  window->samples = state->samples;
  window->quality = state->qualities[0];
  for (int32_t i = 0; i < EB_BEATS_PER_WINDOW; i++) {
    window->r_peaks[i] = state->r_peaks[i];
    window->quality = eb_min(window->quality, state->qualities[i]);
  }
  return true;
}
