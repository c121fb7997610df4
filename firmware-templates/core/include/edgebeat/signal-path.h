/*
 * The whole signal path of one stream: resampler, 0.5-40 Hz band, R peaks, beats, identity and activity windows, quality.
 * Twin of packages/ecg/src/signal-path.ts: the same samples give the same results to the bit.
 */
#ifndef EDGEBEAT_SIGNAL_PATH_H
#define EDGEBEAT_SIGNAL_PATH_H

#include <stddef.h>

#include "edgebeat/activity-windows.h"
#include "edgebeat/beat-cutter.h"
#include "edgebeat/beat-quality.h"
#include "edgebeat/ecg-band.h"
#include "edgebeat/identity-windows.h"
#include "edgebeat/r-peak-detector.h"
#include "edgebeat/resampler.h"
#include "edgebeat/window-quality.h"

/* R peaks that were found but whose surroundings, needed to judge them, have not all come yet. */
#define EB_PENDING_PEAKS 8

typedef struct {
  /* Position of the R peak in the incoming signal, in samples at 250 Hz since the stream began. */
  int32_t r_peak;
  /* Position of the newest sample when the beat was reported. */
  int32_t reported_at;
  /* Samples since the R peak before it; 0 for the first beat. */
  int32_t rr;
  /* Signal quality around this beat, 0 (unusable) to 1 (clean). */
  float quality;
} eb_beat;

/* Where results go; a null function drops them. What a result points to is good during the call. */
typedef struct {
  void *context;
  void (*beat)(void *context, const eb_beat *beat);
  void (*identity_window)(void *context, const eb_identity_window *window);
  void (*activity_window)(void *context, const eb_activity_window *window);
  /* Once a second. */
  void (*quality)(void *context, const eb_signal_quality *quality);
} eb_signal_path_sink;

typedef struct {
  eb_signal_path_sink sink;
  eb_resampler resampler;
  eb_ecg_band band;
  eb_r_peak_detector detector;
  eb_beat_cutter cutter;
  eb_beat_quality beat_quality;
  eb_window_quality window_quality;
  /* Null where no such windows are wanted. */
  eb_identity_windows *identity;
  eb_activity_windows *activity;
  float beat[EB_BEAT_LENGTH];
  int32_t pending[EB_PENDING_PEAKS];
  int32_t pending_count;
  /* Qualities of the beats that the cutter has yet to give, in order. */
  float qualities[EB_QUEUE_SIZE];
  int32_t quality_count;
  int32_t previous_peak;
  float last_valid;
  float last_resampled;
  /* Samples at 250 Hz since the stream began; begin anew before 2^31 of them (99 days). */
  int32_t count;
} eb_signal_path;

/*
 * milli_hertz: input rate in thousandths of a sample per second. identity, activity: stages that were just initialised and stay
 * with this path, or null. Call it again, with them, to start anew after a gap: no beat spans the break.
 * Returns false for a rate outside 60-4,000 Hz.
 */
bool eb_signal_path_init(eb_signal_path *path, uint32_t milli_hertz, eb_identity_windows *identity,
                         eb_activity_windows *activity, const eb_signal_path_sink *sink);

/*
 * sample: raw ECG in mV. A value that is not finite or beyond +-10 V is replaced by the one before it and counted against
 * the quality.
 */
void eb_signal_path_update(eb_signal_path *path, float sample);

/* The same for each sample of a chunk. */
void eb_signal_path_update_all(eb_signal_path *path, const float *samples, size_t count);

/* No more samples come: judges the peaks that were still waiting for what follows. Gives beats only; init before anything else. */
void eb_signal_path_flush(eb_signal_path *path);

#endif
