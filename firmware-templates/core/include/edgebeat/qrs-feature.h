/*
 * The feature in which QRS complexes stand out: QRS band, derivative, magnitude, moving integration.
 * Twin of packages/ecg/src/detector/qrs-feature.ts.
 */
#ifndef EDGEBEAT_QRS_FEATURE_H
#define EDGEBEAT_QRS_FEATURE_H

#include "edgebeat/biquad.h"
#include "edgebeat/sample-ring.h"

typedef struct {
  eb_biquad band[2];
  /* The signal in the QRS band, half a second of it. */
  eb_ring128 banded;
  eb_ring64 slopes;
} eb_qrs_feature;

void eb_qrs_feature_init(eb_qrs_feature *state);

/* sample: 0.5-40 Hz signal, mV. Returns the integrated slope, mV. */
float eb_qrs_feature_update(eb_qrs_feature *state, float sample);

/* Steepest slope of the complex whose feature peaks at `index`, at most 30 samples ago. */
float eb_qrs_feature_steepest(const eb_qrs_feature *state, int32_t index);

#endif
