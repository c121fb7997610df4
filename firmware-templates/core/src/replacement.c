/* What stands in for samples that cannot be any electrode's. */
#include "edgebeat/replacement.h"

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"

bool eb_is_plausible(float sample) { return eb_abs(sample) <= (float)EB_LARGEST_SAMPLE; }

float eb_replacement_of(float sample, float before) { return eb_is_plausible(sample) ? sample : before; }
