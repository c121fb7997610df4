/* Written by `npm run firmware:tables` from packages/ecg/src/signal/ecg-band.ts: do not edit. */
#ifndef EDGEBEAT_ECG_BAND_COEFFICIENTS_H
#define EDGEBEAT_ECG_BAND_COEFFICIENTS_H

#include "edgebeat/biquad.h"

/* b0, b1, b2, a1, a2, output over input for a constant */
static const eb_biquad_coefficients ecg_band[2] = {
    {0x1.fb787cp-1f, -0x1.fb787cp0f, 0x1.fb787cp-1f, -0x1.fb735ap0f, 0x1.f6fb3ap-1f, 0.0f},
    {0x1.299f92p-3f, 0x1.299f92p-2f, 0x1.299f92p-3f, -0x1.57912p-1f, 0x1.026164p-2f, 0x1p0f},
};

#endif
