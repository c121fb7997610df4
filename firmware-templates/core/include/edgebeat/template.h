/* Templates: what is kept of an enrolled person. Twin of packages/identity/src/template.ts. */
#ifndef EDGEBEAT_TEMPLATE_H
#define EDGEBEAT_TEMPLATE_H

#include <stddef.h>

#include "edgebeat/embedding.h"

typedef struct {
  /* `length` numbers, norm 1. */
  float embedding[EB_EMBEDDING_LENGTH];
  int32_t length;
  /* How many windows it was made of. */
  int32_t count;
} eb_template;

/* Makes a template of the embeddings of the enrolment windows. Returns false where there is none, or they cancel out. */
bool eb_enrol(const eb_mean_direction *windows, eb_template *made);

/*
 * The embedding as packages/identity keeps it in edgebeat.templates/1, there in base64: little-endian float32.
 * bytes: receives 4 * length of them.
 */
void eb_template_write(const eb_template *from, uint8_t *bytes);

/*
 * The embedding of a template that was made elsewhere. count: windows it was made of.
 * Returns false, and gives nothing, for a length that does not fit or a number that is not finite.
 */
bool eb_template_read(const uint8_t *bytes, size_t byte_count, int32_t count, eb_template *read);

#endif
