/* The enrolled persons that a device knows. */
#include "edgebeat/app/gallery.h"

#include <string.h>

_Static_assert(EB_SUBJECT_BYTES >= 2 && EB_SUBJECT_BYTES <= 128, "a name's length is one byte");
_Static_assert(EB_GALLERY_TEMPLATES >= 1 && EB_GALLERY_TEMPLATES <= 255, "the number of templates is one byte");

bool eb_is_subject(const char *subject) {
  const size_t length = strlen(subject);
  return length > 0 && length < EB_SUBJECT_BYTES && strcmp(subject, "unknown") != 0;
}

int32_t eb_gallery_find(const eb_gallery *gallery, const char *subject) {
  for (int32_t i = 0; i < gallery->count; i++)
    if (strcmp(gallery->entries[i].subject, subject) == 0) return i;
  return -1;
}

bool eb_gallery_put(eb_gallery *gallery, const eb_gallery_entry *entry) {
  int32_t place = eb_gallery_find(gallery, entry->subject);
  if (place < 0) {
    if (gallery->count == EB_GALLERY_TEMPLATES) return false;
    place = gallery->count++;
  }
  gallery->entries[place] = *entry;
  return true;
}

bool eb_gallery_forget(eb_gallery *gallery, const char *subject) {
  const int32_t place = eb_gallery_find(gallery, subject);
  if (place < 0) return false;
  gallery->count--;
  const size_t behind = (size_t)(gallery->count - place);
  memmove(&gallery->entries[place], &gallery->entries[place + 1], behind * sizeof gallery->entries[0]);
  return true;
}
