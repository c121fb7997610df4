/* The band everything else works on: 0.5-40 Hz at 250 samples per second. Twin of packages/ecg/src/signal/ecg-band.ts. */
#ifndef EDGEBEAT_ECG_BAND_H
#define EDGEBEAT_ECG_BAND_H

#include "edgebeat/biquad.h"

typedef struct {
  eb_biquad sections[2];
} eb_ecg_band;

void eb_ecg_band_init(eb_ecg_band *state);

/* sample: mV at 250 Hz. Returns the sample in the band, delayed by EB_ECG_BAND_DELAY samples. */
float eb_ecg_band_update(eb_ecg_band *state, float sample);

#endif
