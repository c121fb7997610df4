/* Verification, one to one. */
#include "edgebeat/verification.h"

bool eb_verify(const eb_template *enrolled, const eb_mean_direction *probes, const eb_threshold *threshold,
               eb_verification *decision) {
  float probe[EB_EMBEDDING_LENGTH];
  if (probes->length != enrolled->length || !eb_mean_direction_get(probes, probe)) return false;
  decision->value = eb_compare(threshold->metric, enrolled->embedding, probe, enrolled->length);
  decision->accepted = eb_accepts(threshold, decision->value);
  decision->windows = probes->count;
  return true;
}
