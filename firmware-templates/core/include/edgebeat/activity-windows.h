/* Activity windows: a few seconds of the 0.5-40 Hz signal, z-scored. Twin of packages/ecg/src/beats/activity-windows.ts. */
#ifndef EDGEBEAT_ACTIVITY_WINDOWS_H
#define EDGEBEAT_ACTIVITY_WINDOWS_H

#include <stdbool.h>
#include <stdint.h>

/* Longest window, in samples at 250 Hz. */
#ifndef EB_ACTIVITY_LENGTH
#define EB_ACTIVITY_LENGTH 1000
#endif

typedef struct {
  /* `length` samples, mean 0, standard deviation 1; good until the stage's next call. */
  const float *samples;
  int32_t length;
  /* Position of its last sample, at 250 Hz since the stream began. */
  int32_t end;
} eb_activity_window;

typedef struct {
  float samples[EB_ACTIVITY_LENGTH];
  float window[EB_ACTIVITY_LENGTH];
  int32_t length;
  int32_t hop;
  int32_t held;
} eb_activity_windows;

/*
 * length: samples of a window, 1 to EB_ACTIVITY_LENGTH. hop: samples from one window to the next, 1 to `length`.
 * Returns false for others.
 */
bool eb_activity_windows_init(eb_activity_windows *state, int32_t length, int32_t hop);

/* sample: 0.5-40 Hz signal, mV. now: its position in the stream. Returns whether it completes a window. */
bool eb_activity_windows_update(eb_activity_windows *state, float sample, int32_t now, eb_activity_window *window);

#endif
