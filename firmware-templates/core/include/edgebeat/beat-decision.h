/*
 * Decides which peaks of the QRS feature are beats: adaptive threshold, refractory period, T-wave check, search-back. What
 * differs from Pan and Tompkins is listed in the twin, packages/ecg/src/detector/beat-decision.ts.
 */
#ifndef EDGEBEAT_BEAT_DECISION_H
#define EDGEBEAT_BEAT_DECISION_H

#include "edgebeat/candidate.h"
#include "edgebeat/level-memory.h"
#include "edgebeat/rr-memory.h"

typedef struct {
  eb_level_memory qrs;
  eb_level_memory noise;
  eb_rr_memory intervals;
  eb_candidate_queue queue;
  /* Above the threshold, not yet reported. */
  eb_candidate waiting;
  /* Largest peak below the threshold since the last beat. */
  eb_candidate missed;
  int32_t quiet_since;
  /* Position of the latest beat's feature peak. */
  int32_t last_index;
  float last_slope;
  float qrs_level;
  float threshold;
  bool learning;
  bool any_beat;
} eb_beat_decision;

void eb_beat_decision_init(eb_beat_decision *state);

/* A peak of the feature became final. */
void eb_beat_decision_add(eb_beat_decision *state, const eb_candidate *candidate);

/*
 * feature: its value of this sample. now: position of this sample in the stream.
 * Returns the position of the R peak of a beat found with this sample, or -1.
 */
int32_t eb_beat_decision_update(eb_beat_decision *state, float feature, int32_t now);

#endif
