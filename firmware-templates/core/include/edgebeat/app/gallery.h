/* The enrolled persons that a device knows, all of one model. Twin of packages/runtime/src/session/gallery.ts. */
#ifndef EDGEBEAT_APP_GALLERY_H
#define EDGEBEAT_APP_GALLERY_H

#include <stdbool.h>
#include <stdint.h>

#include "edgebeat/template.h"

/* Persons that fit. */
#ifndef EB_GALLERY_TEMPLATES
#define EB_GALLERY_TEMPLATES 4
#endif

/* Longest name of a person in bytes of UTF-8, the closing zero included; at most 128. */
#ifndef EB_SUBJECT_BYTES
#define EB_SUBJECT_BYTES 32
#endif

typedef struct {
  char subject[EB_SUBJECT_BYTES];
  /* When it was made: us since 1970; 0 where the clock was never set. */
  uint64_t created_at_us;
  eb_template made;
} eb_gallery_entry;

typedef struct {
  /* In the order in which they were first put in. */
  eb_gallery_entry entries[EB_GALLERY_TEMPLATES];
  int32_t count;
} eb_gallery;

/* Whether this can be a person's name: neither empty, nor too long, nor "unknown". */
bool eb_is_subject(const char *subject);

/* Place of the person's template, or -1. */
int32_t eb_gallery_find(const eb_gallery *gallery, const char *subject);

/* Puts a template in, in place of the person's earlier one. Returns false where it finds no room. */
bool eb_gallery_put(eb_gallery *gallery, const eb_gallery_entry *entry);

/* Returns whether the person was enrolled. */
bool eb_gallery_forget(eb_gallery *gallery, const char *subject);

#endif
