/*
 * Quality of one second of signal: what can be told without a beat (flat, clipped), joined with the quality of its beats.
 * Twin of packages/ecg/src/quality/window-quality.ts.
 */
#ifndef EDGEBEAT_WINDOW_QUALITY_H
#define EDGEBEAT_WINDOW_QUALITY_H

#include <stdbool.h>
#include <stdint.h>

#include "edgebeat/constants.h"

/* Why a second is poor; bits of `reasons`. */
#define EB_REASON_FLAT 1U
#define EB_REASON_CLIPPED 2U
#define EB_REASON_NO_BEATS 4U
#define EB_REASON_NOISY 8U
#define EB_REASON_INVALID 16U

typedef struct {
  /* Signal-quality index, 0 (unusable) to 1 (clean). */
  float sqi;
  uint32_t reasons;
  /* Position of the last sample of this second, at 250 Hz since the stream began. */
  int32_t end;
} eb_signal_quality;

typedef struct {
  float samples[EB_QUALITY_LENGTH];
  int32_t held;
  int32_t beats;
  float beat_quality;
  int32_t seconds_without_beat;
  int32_t invalid;
} eb_window_quality;

void eb_window_quality_init(eb_window_quality *state);

/* Announces the quality of a beat. */
void eb_window_quality_beat(eb_window_quality *state, float quality);

/*
 * sample: unfiltered, 250 Hz, mV. valid: false where the recording had no value. now: position in the stream.
 * Returns whether a second is complete.
 */
bool eb_window_quality_update(eb_window_quality *state, float sample, bool valid, int32_t now,
                              eb_signal_quality *quality);

#endif
