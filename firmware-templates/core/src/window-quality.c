/* Quality of one second of signal. */
#include "edgebeat/window-quality.h"

#include <string.h>

#include "edgebeat/float32.h"

void eb_window_quality_init(eb_window_quality *state) { memset(state, 0, sizeof *state); }

void eb_window_quality_beat(eb_window_quality *state, float quality) {
  state->beat_quality = state->beat_quality + quality;
  state->beats++;
}

/* Longest run of samples at the lowest or highest value. */
static int32_t longest_edge(const eb_window_quality *state, float low, float high, float margin) {
  const float low_edge = low + margin;
  const float high_edge = high - margin;
  int32_t longest = 0;
  int32_t run = 0;
  for (int32_t i = 0; i < EB_QUALITY_LENGTH; i++) {
    run = state->samples[i] <= low_edge || state->samples[i] >= high_edge ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/* What can be told of the samples alone. */
static uint32_t reasons_of_samples(const eb_window_quality *state) {
  float low = state->samples[0];
  float high = state->samples[0];
  for (int32_t i = 0; i < EB_QUALITY_LENGTH; i++) {
    if (state->samples[i] < low) low = state->samples[i];
    if (state->samples[i] > high) high = state->samples[i];
  }
  const float range = high - low;
  if (range < EB_FLAT_RANGE) return EB_REASON_FLAT;
  return longest_edge(state, low, high, EB_EDGE_SHARE * range) >= EB_CLIPPED_RUN ? EB_REASON_CLIPPED : 0U;
}

static eb_signal_quality judge(eb_window_quality *state, int32_t end) {
  state->seconds_without_beat = state->beats > 0 ? 0 : state->seconds_without_beat + 1;
  uint32_t reasons = reasons_of_samples(state);
  if (state->invalid > EB_QUALITY_LENGTH / 5) reasons |= EB_REASON_INVALID;
  if (state->seconds_without_beat >= EB_BEATLESS_SECONDS) reasons |= EB_REASON_NO_BEATS;
  /* Between two slow beats there may be a second without one: it says nothing against the signal. */
  const float of_beats = state->beats > 0 ? state->beat_quality / (float)state->beats : 1.0f;
  const float sqi = reasons != 0U ? 0.0f : of_beats;
  if (of_beats < 0.5f) reasons |= EB_REASON_NOISY;
  return (eb_signal_quality){.sqi = sqi, .reasons = reasons, .end = end};
}

bool eb_window_quality_update(eb_window_quality *state, float sample, bool valid, int32_t now,
                              eb_signal_quality *quality) {
  state->samples[state->held++] = sample;
  if (!valid) state->invalid++;
  if (state->held < EB_QUALITY_LENGTH) return false;
  *quality = judge(state, now);
  state->held = 0;
  state->beats = 0;
  state->beat_quality = 0.0f;
  state->invalid = 0;
  return true;
}
