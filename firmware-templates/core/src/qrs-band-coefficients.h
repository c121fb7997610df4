/* Written by `npm run firmware:tables` from packages/ecg/src/detector/constants.ts: do not edit. */
#ifndef EDGEBEAT_QRS_BAND_COEFFICIENTS_H
#define EDGEBEAT_QRS_BAND_COEFFICIENTS_H

#include "edgebeat/biquad.h"

/* b0, b1, b2, a1, a2, output over input for a constant */
static const eb_biquad_coefficients qrs_band[2] = {
    {0x1.cc357cp-1f, -0x1.cc357cp0f, 0x1.cc357cp-1f, -0x1.c9952ep0f, 0x1.9dab92p-1f, 0.0f},
    {0x1.ffd18ap-6f, 0x1.ffd18ap-5f, 0x1.ffd18ap-6f, -0x1.710822p0f, 0x1.220a74p-1f, 0x1p0f},
};

#endif
