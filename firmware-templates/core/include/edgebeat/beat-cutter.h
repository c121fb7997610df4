/*
 * Cuts beats out of the 0.5-40 Hz signal: 150 samples before the R peak and 150 from it on.
 * Twin of packages/ecg/src/beats/beat-cutter.ts.
 */
#ifndef EDGEBEAT_BEAT_CUTTER_H
#define EDGEBEAT_BEAT_CUTTER_H

#include <stdbool.h>

#include "edgebeat/constants.h"
#include "edgebeat/sample-ring.h"

typedef struct {
  /* Four seconds: what a search-back may need. */
  eb_ring1024 signal;
  int32_t peaks[EB_QUEUE_SIZE];
  int32_t waiting;
  /* R peak of the beat that take just gave, and whether its samples could not all be had. */
  int32_t r_peak;
  bool incomplete;
} eb_beat_cutter;

void eb_beat_cutter_init(eb_beat_cutter *state);

/* Announces an R peak, in order. */
void eb_beat_cutter_expect(eb_beat_cutter *state, int32_t r_peak);

/* sample: 0.5-40 Hz signal, mV. */
void eb_beat_cutter_put(eb_beat_cutter *state, float sample);

/*
 * beat: receives EB_BEAT_LENGTH samples (mV) when the return value is true and `incomplete` is false.
 * Returns whether a beat is complete; call again until false.
 */
bool eb_beat_cutter_take(eb_beat_cutter *state, float *beat);

#endif
