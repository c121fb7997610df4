/* Cuts beats out of the 0.5-40 Hz signal. */
#include "edgebeat/beat-cutter.h"

void eb_beat_cutter_init(eb_beat_cutter *state) { memset(state, 0, sizeof *state); }

void eb_beat_cutter_expect(eb_beat_cutter *state, int32_t r_peak) {
  /* 16 beats within 0.6 s are no heart. */
  if (state->waiting < EB_QUEUE_SIZE) state->peaks[state->waiting++] = r_peak;
}

void eb_beat_cutter_put(eb_beat_cutter *state, float sample) { eb_ring1024_put(&state->signal, sample); }

bool eb_beat_cutter_take(eb_beat_cutter *state, float *beat) {
  if (state->waiting == 0 || state->peaks[0] + EB_BEAT_LENGTH - EB_BEAT_LEAD > state->signal.count) return false;
  state->r_peak = state->peaks[0];
  state->waiting--;
  memmove(state->peaks, &state->peaks[1], (size_t)state->waiting * sizeof state->peaks[0]);
  const int32_t first = state->r_peak - EB_BEAT_LEAD;
  state->incomplete = first < eb_ring1024_oldest(&state->signal);
  if (!state->incomplete)
    for (int32_t i = 0; i < EB_BEAT_LENGTH; i++) beat[i] = eb_ring1024_at(&state->signal, first + i);
  return true;
}
