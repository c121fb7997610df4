/*
 * Puts the R peak where the 0.5-40 Hz signal deviates most, in absolute value, from its baseline near the detection.
 * Twin of packages/ecg/src/detector/peak-placement.ts.
 */
#ifndef EDGEBEAT_PEAK_PLACEMENT_H
#define EDGEBEAT_PEAK_PLACEMENT_H

#include "edgebeat/sample-ring.h"

/* signal: latest 0.5-40 Hz samples, the newest included. Returns the position of the R peak in the stream. */
int32_t eb_place_peak(const eb_ring128 *signal, int32_t feature_peak);

#endif
