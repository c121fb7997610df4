/*
 * Quality of the signal around a beat: slopes between the beats, where the heart is silent, against the slope of the beat;
 * and how much the complex resembles the ones before it. Twin of packages/ecg/src/quality/beat-quality.ts.
 */
#ifndef EDGEBEAT_BEAT_QUALITY_H
#define EDGEBEAT_BEAT_QUALITY_H

#include <stdbool.h>

#include "edgebeat/constants.h"
#include "edgebeat/sample-ring.h"

typedef struct {
  eb_ring512 signal;
  float template_complex[EB_TEMPLATE_LENGTH];
  float complex[EB_TEMPLATE_LENGTH];
  int32_t known;
} eb_beat_quality;

void eb_beat_quality_init(eb_beat_quality *state);

/* sample: 0.5-40 Hz signal, mV. */
void eb_beat_quality_put(eb_beat_quality *state, float sample);

/*
 * r_peak: position of an R peak at most two seconds old. previous: position of the one before it, or -1.
 * Returns 0 (unusable) to 1 (clean).
 */
float eb_beat_quality_rate(eb_beat_quality *state, int32_t r_peak, int32_t previous);

#endif
