/* Is the wearer the one of the template? Twin of packages/identity/src/verification.ts. */
#ifndef EDGEBEAT_VERIFICATION_H
#define EDGEBEAT_VERIFICATION_H

#include "edgebeat/metric.h"
#include "edgebeat/template.h"

typedef struct {
  bool accepted;
  /* Similarity or distance, as the threshold's metric has it. */
  float value;
  /* How many windows the decision rests on. */
  int32_t windows;
} eb_verification;

/*
 * probes: the embeddings of the windows to decide upon, pooled.
 * Returns false, and decides nothing, where there is no usable probe or its length is not the template's.
 */
bool eb_verify(const eb_template *enrolled, const eb_mean_direction *probes, const eb_threshold *threshold,
               eb_verification *decision);

#endif
