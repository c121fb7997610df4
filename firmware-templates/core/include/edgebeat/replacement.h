/* What stands in for samples that cannot be any electrode's. Twin of packages/ecg/src/signal/replacement.ts. */
#ifndef EDGEBEAT_REPLACEMENT_H
#define EDGEBEAT_REPLACEMENT_H

#include <stdbool.h>

/* Whether a value can be a sample: finite and within +-10 V. */
bool eb_is_plausible(float sample);

/* The sample, or the one before it where it is not plausible. */
float eb_replacement_of(float sample, float before);

#endif
