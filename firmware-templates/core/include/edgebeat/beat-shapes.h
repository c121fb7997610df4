/*
 * The shapes of the beats of late: a handful of templates in the QRS band. A peak that resembles one of them is more likely
 * to be a beat than one that does not. Twin of packages/ecg/src/detector/beat-shapes.ts.
 */
#ifndef EDGEBEAT_BEAT_SHAPES_H
#define EDGEBEAT_BEAT_SHAPES_H

#include "edgebeat/constants.h"
#include "edgebeat/sample-ring.h"

#define EB_SHAPE_LENGTH (2 * EB_SHAPE_REACH + 1)
#define EB_SHAPE_LAGS (2 * EB_SHAPE_LAG + 1)

/* EB_SHAPE_COUNT templates of norm 1; the one that was longest without use gives way to a new shape. */
typedef struct {
  float shapes[EB_SHAPE_COUNT][EB_SHAPE_LENGTH];
  /* When each was used last, in learnt beats; 0 for an empty one. */
  int32_t last_use[EB_SHAPE_COUNT];
  float window[EB_SHAPE_LENGTH + 2 * EB_SHAPE_LAG];
  /* Norm of the window at each lag. */
  float norms[EB_SHAPE_LAGS];
  int32_t clock;
  int32_t best;
  int32_t best_lag;
} eb_beat_shapes;

void eb_beat_shapes_init(eb_beat_shapes *state);

/*
 * banded: signal of the QRS band. centre: middle of the complex, position in the stream.
 * Returns the largest correlation with a known shape at any lag, 0 to 1; 1 while none is known.
 */
float eb_beat_shapes_compare(eb_beat_shapes *state, const eb_ring128 *banded, int32_t centre);

/* A beat was accepted: its shape moves the nearest template, or becomes one. A beat no longer in the ring teaches nothing. */
void eb_beat_shapes_learn(eb_beat_shapes *state, const eb_ring128 *banded, int32_t centre);

#endif
