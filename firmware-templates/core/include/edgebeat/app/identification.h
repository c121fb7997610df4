/* Who of the gallery is the wearer, or nobody? Twin of `identify` in packages/identity/src/verification.ts. */
#ifndef EDGEBEAT_APP_IDENTIFICATION_H
#define EDGEBEAT_APP_IDENTIFICATION_H

#include "edgebeat/app/gallery.h"
#include "edgebeat/metric.h"

typedef struct {
  /* Place in the gallery. */
  int32_t entry;
  /* Similarity or distance, as the threshold's metric has it. */
  float value;
} eb_ranked;

typedef struct {
  /* All templates, most alike first; equal values keep the order of the gallery. */
  eb_ranked ranking[EB_GALLERY_TEMPLATES];
  int32_t count;
  /* Whether the threshold accepts the first one; false for an empty gallery. */
  bool accepted;
} eb_identification;

/*
 * probes: the embeddings of the windows to decide upon, pooled.
 * Returns false, and decides nothing, where there is no usable probe, or a template of another length.
 */
bool eb_identify(const eb_gallery *gallery, const eb_mean_direction *probes, const eb_threshold *threshold,
                 eb_identification *decision);

#endif
