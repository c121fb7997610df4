/* Second-order filter sections, transposed direct form II. Twin of packages/ecg/src/signal/biquad.ts. */
#ifndef EDGEBEAT_BIQUAD_H
#define EDGEBEAT_BIQUAD_H

#include <stdbool.h>

typedef struct {
  float b0, b1, b2, a1, a2;
  /* Output over input for a constant: 0 for a high-pass, 1 for a low-pass. */
  float gain_at_zero;
} eb_biquad_coefficients;

/*
 * One section. The first sample is taken as having stood for ever, so that an offset (an ADC's mid-scale, an electrode's
 * half-cell voltage) does not ring through the filter.
 */
typedef struct {
  float z1;
  float z2;
  bool settled;
} eb_biquad;

void eb_biquad_init(eb_biquad *state);

/* Returns the filtered sample. */
float eb_biquad_update(eb_biquad *state, const eb_biquad_coefficients *coefficients, float sample);

#endif
