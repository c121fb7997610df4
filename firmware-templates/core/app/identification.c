/* Open-set identification, one to many. */
#include "edgebeat/app/identification.h"

static bool is_better(eb_metric metric, float a, float b) { return metric == EB_METRIC_COSINE ? a > b : a < b; }

bool eb_identify(const eb_gallery *gallery, const eb_mean_direction *probes, const eb_threshold *threshold,
                 eb_identification *decision) {
  float probe[EB_EMBEDDING_LENGTH];
  if (!eb_mean_direction_get(probes, probe)) return false;
  decision->count = 0;
  for (int32_t entry = 0; entry < gallery->count; entry++) {
    const eb_template *made = &gallery->entries[entry].made;
    if (made->length != probes->length) return false;
    const eb_ranked ranked = {entry, eb_compare(threshold->metric, made->embedding, probe, made->length)};
    int32_t place = decision->count++;
    for (; place > 0 && is_better(threshold->metric, ranked.value, decision->ranking[place - 1].value); place--)
      decision->ranking[place] = decision->ranking[place - 1];
    decision->ranking[place] = ranked;
  }
  decision->accepted = decision->count > 0 && eb_accepts(threshold, decision->ranking[0].value);
  return true;
}
