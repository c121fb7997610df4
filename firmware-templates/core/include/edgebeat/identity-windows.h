/*
 * Identity windows: three consecutive beats, each normalised by itself; the network's input [3, 300].
 * Twin of packages/ecg/src/beats/identity-windows.ts.
 */
#ifndef EDGEBEAT_IDENTITY_WINDOWS_H
#define EDGEBEAT_IDENTITY_WINDOWS_H

#include <stdbool.h>

#include "edgebeat/constants.h"
#include "edgebeat/normalize.h"

#define EB_IDENTITY_WINDOW_LENGTH (EB_BEATS_PER_WINDOW * EB_BEAT_LENGTH)

typedef struct {
  /* Row-major [3, 300]; good until the stage's next call. */
  const float *samples;
  /* In samples at 250 Hz since the stream began. */
  int32_t r_peaks[EB_BEATS_PER_WINDOW];
  /* Lowest quality of its beats, 0 to 1. */
  float quality;
} eb_identity_window;

typedef struct {
  float samples[EB_IDENTITY_WINDOW_LENGTH];
  int32_t r_peaks[EB_BEATS_PER_WINDOW];
  float qualities[EB_BEATS_PER_WINDOW];
  int32_t held;
  int32_t stride;
  eb_normalization normalization;
} eb_identity_windows;

/* stride: beats from one window to the next, at least 1: 1 overlaps them, 3 does not. */
void eb_identity_windows_init(eb_identity_windows *state, eb_normalization normalization, int32_t stride);

/* beat: EB_BEAT_LENGTH samples, mV; not kept. Returns whether it completes a window. */
bool eb_identity_windows_update(eb_identity_windows *state, const float *beat, int32_t r_peak, float quality,
                                eb_identity_window *window);

/* A beat was missing or could not be cut: what follows is not consecutive to what came before. */
void eb_identity_windows_clear(eb_identity_windows *state);

#endif
