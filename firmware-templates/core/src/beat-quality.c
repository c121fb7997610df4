/* Quality of the signal around a beat. */
#include "edgebeat/beat-quality.h"

#include "edgebeat/float32.h"

void eb_beat_quality_init(eb_beat_quality *state) { memset(state, 0, sizeof *state); }

void eb_beat_quality_put(eb_beat_quality *state, float sample) { eb_ring512_put(&state->signal, sample); }

static float slope(const eb_beat_quality *state, int32_t index) {
  return eb_abs(eb_ring512_at(&state->signal, index) - eb_ring512_at(&state->signal, index - 2));
}

static int32_t not_before(int32_t index, int32_t first) { return index > first ? index : first; }

/* How quiet it is between the beats: 1 up to EB_CLEAN_RATIO, 0 from EB_UNUSABLE_RATIO on. */
static float silence(const eb_beat_quality *state, int32_t r_peak, int32_t previous) {
  float steepest = 0.0f;
  for (int32_t i = r_peak - 12; i <= r_peak + 12; i++) steepest = eb_max(steepest, slope(state, i));
  const int32_t first = eb_ring512_oldest(&state->signal) + 2;
  const int32_t from = not_before(previous < 0 ? r_peak - 150 : previous + EB_AFTER_BEAT, first);
  const int32_t to = r_peak - EB_BEFORE_BEAT;
  /* Beats of a racing heart leave no silence between them: the stretch before the complex must do. */
  const int32_t start = to - from >= 10 ? from : not_before(to - 10, first);
  float sum = 0.0f;
  int32_t count = 0;
  for (int32_t i = start; i < to; i++) {
    sum = sum + slope(state, i);
    count++;
  }
  if (count == 0 || !(steepest > 0.0f)) return 0.0f;
  const float ratio = (sum / (float)count) / steepest;
  if (ratio <= EB_CLEAN_RATIO) return 1.0f;
  if (ratio >= EB_UNUSABLE_RATIO) return 0.0f;
  return (EB_UNUSABLE_RATIO - ratio) / (EB_UNUSABLE_RATIO - EB_CLEAN_RATIO);
}

/* Takes the complex out of the signal, without its mean and of norm 1. Returns false where there is nothing in it. */
static bool take_complex(eb_beat_quality *state, int32_t r_peak) {
  float sum = 0.0f;
  for (int32_t i = 0; i < EB_TEMPLATE_LENGTH; i++) {
    state->complex[i] = eb_ring512_at(&state->signal, r_peak - EB_COMPLEX_REACH + i);
    sum = sum + state->complex[i];
  }
  const float mean = sum / (float)EB_TEMPLATE_LENGTH;
  float power = 0.0f;
  for (int32_t i = 0; i < EB_TEMPLATE_LENGTH; i++) {
    state->complex[i] = state->complex[i] - mean;
    power = power + state->complex[i] * state->complex[i];
  }
  if (!(power > 0.0f)) return false;
  const float norm = eb_sqrt(power);
  for (int32_t i = 0; i < EB_TEMPLATE_LENGTH; i++) state->complex[i] = state->complex[i] / norm;
  return true;
}

/* Correlation of the complex with the running template, 0 for none or less. */
static float resemblance(eb_beat_quality *state, int32_t r_peak) {
  if (!take_complex(state, r_peak)) return 0.0f;
  float product = 0.0f;
  float template_power = 0.0f;
  for (int32_t i = 0; i < EB_TEMPLATE_LENGTH; i++) {
    product = product + state->complex[i] * state->template_complex[i];
    template_power = template_power + state->template_complex[i] * state->template_complex[i];
  }
  /* The first complexes have nothing to resemble; they make the template. */
  const bool making = state->known < 3;
  const float correlation = making || !(template_power > 0.0f) ? 1.0f : product / eb_sqrt(template_power);
  const float rate = making ? 1.0f / (float)(state->known + 1) : EB_LEARNING_RATE;
  for (int32_t i = 0; i < EB_TEMPLATE_LENGTH; i++)
    state->template_complex[i] =
        state->template_complex[i] + rate * (state->complex[i] - state->template_complex[i]);
  if (making) state->known++;
  return eb_max(0.0f, eb_min(1.0f, correlation));
}

float eb_beat_quality_rate(eb_beat_quality *state, int32_t r_peak, int32_t previous) {
  const bool held = r_peak - EB_COMPLEX_REACH >= eb_ring512_oldest(&state->signal);
  if (!held || r_peak + EB_COMPLEX_REACH >= state->signal.count) return 0.0f;
  const float quiet = silence(state, r_peak, previous);
  return quiet * resemblance(state, r_peak);
}
