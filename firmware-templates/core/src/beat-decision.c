/* Decides which peaks of the QRS feature are beats. */
#include "edgebeat/beat-decision.h"

#include <string.h>

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"

static const eb_candidate none = {0};

void eb_beat_decision_init(eb_beat_decision *state) {
  memset(state, 0, sizeof *state);
  state->learning = true;
  state->last_index = -EB_RELEARN_TIME;
}

void eb_beat_decision_add(eb_beat_decision *state, const eb_candidate *candidate) {
  if (candidate->value >= EB_FEATURE_FLOOR) eb_candidate_queue_push(&state->queue, candidate);
}

static void set_threshold(eb_beat_decision *state) {
  state->qrs_level = eb_level_memory_ranked(&state->qrs, EB_QRS_LEVEL_RANK);
  const float noise_level = eb_level_memory_median(&state->noise);
  const float noise_share = state->qrs_level > 0.0f ? noise_level / state->qrs_level : 0.0f;
  const float rise = EB_NOISE_RISE * eb_max(0.0f, noise_share - EB_QUIET_SHARE);
  const float share = eb_min(EB_HIGHEST_THRESHOLD_SHARE, EB_THRESHOLD_SHARE + rise);
  state->threshold = noise_level + share * (state->qrs_level - noise_level);
}

/* Returns whether the levels are known. */
static bool learn(eb_beat_decision *state, int32_t now) {
  if (now - state->quiet_since < EB_LEARNING_TIME) return false;
  const float largest =
      eb_max(eb_candidate_queue_largest(&state->queue), state->missed.held ? state->missed.value : 0.0f);
  state->quiet_since = now;
  if (!(largest > 0.0f)) return false;
  eb_level_memory_fill(&state->qrs, largest * EB_LEARNING_SHARE);
  eb_level_memory_init(&state->noise);
  eb_rr_memory_init(&state->intervals);
  set_threshold(state);
  state->learning = false;
  return true;
}

static bool is_sure(const eb_beat_decision *state, const eb_candidate *candidate) {
  return candidate->value > EB_SURE_SHARE * state->qrs_level;
}

static int32_t accept(eb_beat_decision *state, const eb_candidate *beat) {
  if (state->any_beat) eb_rr_memory_add(&state->intervals, beat->index - state->last_index);
  state->any_beat = true;
  state->last_index = beat->index;
  state->last_slope = beat->slope;
  state->quiet_since = beat->index;
  eb_level_memory_add(&state->qrs, beat->value);
  state->missed = none;
  set_threshold(state);
  return beat->r_peak;
}

static void reject(eb_beat_decision *state, const eb_candidate *peak) {
  eb_level_memory_add(&state->noise, peak->value);
  set_threshold(state);
  const bool may_be_beat = !state->any_beat || peak->index - state->last_index >= EB_T_WAVE_WINDOW;
  if (may_be_beat && (!state->missed.held || peak->value > state->missed.value)) state->missed = *peak;
}

/* The waiting candidate is a beat, or a T wave. */
static int32_t settle(eb_beat_decision *state) {
  const eb_candidate current = state->waiting;
  state->waiting = none;
  const bool in_t_wave = state->any_beat && current.index - state->last_index < EB_T_WAVE_WINDOW;
  if (in_t_wave && current.slope < EB_T_WAVE_SLOPE_SHARE * state->last_slope) {
    reject(state, &current);
    return -1;
  }
  return accept(state, &current);
}

/* Returns a beat that had been waiting and became certain through this candidate, or -1. */
static int32_t judge(eb_beat_decision *state, const eb_candidate *candidate) {
  int32_t beat = -1;
  eb_candidate settled;
  if (state->waiting.held) {
    const int32_t distance = candidate->index - state->waiting.index;
    if (distance < EB_REFRACTORY) {
      if (candidate->value > state->waiting.value) state->waiting = *candidate;
      return -1;
    }
    const bool larger = candidate->value > EB_RIVAL_FACTOR * state->waiting.value;
    if (distance < EB_RIVAL_WINDOW && larger && candidate->value > state->threshold) {
      eb_level_memory_add(&state->noise, state->waiting.value);
      set_threshold(state);
      state->waiting = *candidate;
      return -1;
    }
    /* The newcomer is dropped and the settled one is looked at once more: the twin's behaviour, which beats depend on. */
    settled = state->waiting;
    candidate = &settled;
    beat = settle(state);
  }
  if (state->any_beat && candidate->index - state->last_index < EB_REFRACTORY) {
    if (candidate->value > EB_RELOCK_FACTOR * eb_level_memory_latest(&state->qrs)) {
      eb_level_memory_replace_latest(&state->qrs, candidate->value);
      set_threshold(state);
    }
  } else if (candidate->value > state->threshold) {
    state->waiting = *candidate;
  } else {
    reject(state, candidate);
  }
  return beat;
}

static int32_t search_back(eb_beat_decision *state, int32_t now) {
  if (!state->missed.held || state->intervals.count < 3) return -1;
  /* Exact: with three intervals since the levels were learnt, their median is a few seconds at most. */
  const float limit = EB_SEARCH_BACK_RR * (float)eb_rr_memory_median(&state->intervals) + (float)EB_PEAK_TIMEOUT;
  const bool overdue = (float)(now - state->last_index) > limit;
  if (!overdue || state->missed.value <= EB_SEARCH_BACK_SHARE * state->threshold) return -1;
  const eb_candidate current = state->missed;
  return accept(state, &current);
}

int32_t eb_beat_decision_update(eb_beat_decision *state, float feature, int32_t now) {
  if (state->learning && !learn(state, now)) return -1;
  if (now - state->quiet_since > EB_RELEARN_TIME) {
    state->quiet_since = now;
    state->learning = true;
    state->waiting = none;
    return -1;
  }
  eb_candidate current;
  if (eb_candidate_queue_shift(&state->queue, &current)) {
    const int32_t beat = judge(state, &current);
    if (beat >= 0) return beat;
  }
  if (!state->waiting.held) return search_back(state, now);
  const int32_t age = now - state->waiting.index;
  const bool due = is_sure(state, &state->waiting) || age >= EB_HOLD_TIME + EB_PEAK_TIMEOUT;
  const bool rising = feature > state->waiting.value && age < EB_RIVAL_WINDOW + EB_PEAK_TIMEOUT;
  return due && !rising ? settle(state) : -1;
}
