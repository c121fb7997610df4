/* 0.5-40 Hz, Butterworth, two poles at either end, causal. */
#include "edgebeat/ecg-band.h"

#include "ecg-band-coefficients.h"

void eb_ecg_band_init(eb_ecg_band *state) {
  for (int i = 0; i < 2; i++) eb_biquad_init(&state->sections[i]);
}

float eb_ecg_band_update(eb_ecg_band *state, float sample) {
  float value = sample;
  for (int i = 0; i < 2; i++) value = eb_biquad_update(&state->sections[i], &ecg_band[i], value);
  return value;
}
