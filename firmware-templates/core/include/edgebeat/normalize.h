/* Normalisation of beats and windows, in place. Twin of packages/ecg/src/beats/normalize.ts. */
#ifndef EDGEBEAT_NORMALIZE_H
#define EDGEBEAT_NORMALIZE_H

#include <stdint.h>

typedef enum { EB_NORMALIZE_NONE, EB_NORMALIZE_MIN_MAX, EB_NORMALIZE_Z_SCORE } eb_normalization;

/* values: `count` samples, at least one, any unit. A constant gives zeros. */
void eb_normalize(float *values, int32_t count, eb_normalization how);

#endif
