/* The streaming R-peak detector: Pan-Tompkins at heart, causal, float32. */
#include "edgebeat/r-peak-detector.h"

#include "edgebeat/constants.h"
#include "edgebeat/peak-placement.h"

void eb_r_peak_detector_init(eb_r_peak_detector *state) {
  eb_ring128_init(&state->signal);
  eb_qrs_feature_init(&state->feature);
  eb_peak_picker_init(&state->picker);
  eb_beat_shapes_init(&state->shapes);
  eb_beat_decision_init(&state->decision);
}

int32_t eb_r_peak_detector_update(eb_r_peak_detector *state, float sample) {
  eb_ring128_put(&state->signal, sample);
  const int32_t now = state->signal.count - 1;
  const float feature = eb_qrs_feature_update(&state->feature, sample);
  const eb_ring128 *banded = &state->feature.banded;
  if (eb_peak_picker_update(&state->picker, feature, now)) {
    const int32_t index = state->picker.index;
    const float likeness = eb_beat_shapes_compare(&state->shapes, banded, index - EB_SHAPE_DELAY);
    const float weight = EB_STRANGE_WEIGHT + (1.0f - EB_STRANGE_WEIGHT) * likeness;
    const eb_candidate candidate = {
        .held = true,
        .index = index,
        .value = state->picker.value * weight,
        .slope = eb_qrs_feature_steepest(&state->feature, index),
        .r_peak = eb_place_peak(&state->signal, index),
    };
    eb_beat_decision_add(&state->decision, &candidate);
  }
  const int32_t beat = eb_beat_decision_update(&state->decision, feature, now);
  if (beat >= 0) eb_beat_shapes_learn(&state->shapes, banded, state->decision.last_index - EB_SHAPE_DELAY);
  return beat;
}
