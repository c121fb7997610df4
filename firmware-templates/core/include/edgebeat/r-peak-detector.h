/* The streaming R-peak detector: Pan-Tompkins at heart, causal. Twin of packages/ecg/src/detector/r-peak-detector.ts. */
#ifndef EDGEBEAT_R_PEAK_DETECTOR_H
#define EDGEBEAT_R_PEAK_DETECTOR_H

#include "edgebeat/beat-decision.h"
#include "edgebeat/beat-shapes.h"
#include "edgebeat/peak-picker.h"
#include "edgebeat/qrs-feature.h"
#include "edgebeat/sample-ring.h"

typedef struct {
  eb_ring128 signal;
  eb_qrs_feature feature;
  eb_peak_picker picker;
  eb_beat_shapes shapes;
  eb_beat_decision decision;
} eb_r_peak_detector;

void eb_r_peak_detector_init(eb_r_peak_detector *state);

/*
 * sample: 0.5-40 Hz signal at 250 Hz, mV.
 * Returns the position of an R peak in the stream (0 is the first sample), or -1. R peaks come in order.
 */
int32_t eb_r_peak_detector_update(eb_r_peak_detector *state, float sample);

#endif
