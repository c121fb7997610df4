/* What outlives a reboot, as bytes. */
#include "edgebeat/app/saved-state.h"

#include <string.h>

#include "edgebeat/crc32.h"
#include "little-endian.h"

#define CRC_BYTES 4U
/* Magic, version, templates, length of embeddings, SHA-256, length of the claim. */
#define LEAST_BYTES (4U + 1U + 1U + 2U + EB_SHA256_BYTES + 1U + CRC_BYTES)

static const char magic[4] = {'E', 'B', 'S', 'T'};

_Static_assert(EB_SAVED_STATE_BYTES <= UINT16_MAX, "a saved state fits into one record of the link");

size_t eb_app_save(const eb_app *app, uint8_t *bytes, size_t room) {
  const eb_gallery *gallery = &app->recognizer.gallery;
  if (!app->ready || room < EB_SAVED_STATE_BYTES) return 0;
  eb_writer to = {bytes, 0};
  eb_write_bytes(&to, magic, sizeof magic);
  eb_write(&to, EB_SAVED_STATE_VERSION, 1);
  eb_write(&to, (uint64_t)gallery->count, 1);
  eb_write(&to, (uint64_t)app->recognizer.model->embedding_length, 2);
  eb_write_bytes(&to, app->recognizer.model->sha256, EB_SHA256_BYTES);
  eb_write_text(&to, app->recognizer.claim);
  for (int32_t i = 0; i < gallery->count; i++) {
    const eb_gallery_entry *entry = &gallery->entries[i];
    eb_write_text(&to, entry->subject);
    eb_write(&to, (uint64_t)entry->made.count, 4);
    eb_write(&to, entry->created_at_us, 8);
    eb_template_write(&entry->made, &to.bytes[to.length]);
    to.length += 4U * (size_t)entry->made.length;
  }
  eb_write(&to, eb_crc32(bytes, to.length), CRC_BYTES);
  return to.length;
}

static bool read_entry(eb_reader *from, size_t embedding_length, eb_gallery_entry *entry) {
  eb_read_text(from, (size_t)eb_read(from, 1), entry->subject, sizeof entry->subject);
  const uint32_t count = eb_read32(from);
  entry->created_at_us = eb_read(from, 8);
  const uint8_t *embedding = eb_read_bytes(from, 4U * embedding_length);
  return embedding != NULL && !from->overrun && eb_is_subject(entry->subject) && count >= 1U && count <= INT32_MAX &&
         eb_template_read(embedding, 4U * embedding_length, (int32_t)count, &entry->made);
}

/* Each person once, and each template in order. Reads into the gallery only with `put`. */
static bool read_entries(eb_reader *from, uint32_t count, size_t embedding_length, eb_gallery *put) {
  for (uint32_t i = 0; i < count; i++) {
    eb_gallery_entry entry;
    if (!read_entry(from, embedding_length, &entry)) return false;
    if (put != NULL && !eb_gallery_put(put, &entry)) return false;
  }
  return !from->overrun && from->left == 0;
}

eb_app_status eb_app_load(eb_app *app, const uint8_t *bytes, size_t length) {
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (length < LEAST_BYTES) return EB_APP_NO_ROOM;
  if (memcmp(bytes, magic, sizeof magic) != 0) return EB_APP_BAD_MAGIC;
  eb_reader checksum = {&bytes[length - CRC_BYTES], CRC_BYTES, false};
  if (eb_read32(&checksum) != eb_crc32(bytes, length - CRC_BYTES)) return EB_APP_BAD_CRC;
  eb_reader from = {&bytes[sizeof magic], length - CRC_BYTES - sizeof magic, false};
  if (eb_read(&from, 1) != EB_SAVED_STATE_VERSION) return EB_APP_BAD_VERSION;
  const uint32_t count = (uint32_t)eb_read(&from, 1);
  const size_t embedding_length = (size_t)eb_read(&from, 2);
  const eb_identity_model *model = app->recognizer.model;
  const uint8_t *sha256 = eb_read_bytes(&from, EB_SHA256_BYTES);
  if (embedding_length != (size_t)model->embedding_length || memcmp(sha256, model->sha256, EB_SHA256_BYTES) != 0)
    return EB_APP_OTHER_MODEL;
  if (count > EB_GALLERY_TEMPLATES) return EB_APP_GALLERY_FULL;
  char claim[EB_SUBJECT_BYTES];
  eb_read_text(&from, (size_t)eb_read(&from, 1), claim, sizeof claim);
  /* Once to see that all of it is right, and once more to take it. */
  eb_reader again = from;
  if (!read_entries(&from, count, embedding_length, NULL)) return EB_APP_BAD_VALUE;
  app->recognizer.gallery.count = 0;
  (void)read_entries(&again, count, embedding_length, &app->recognizer.gallery);
  app->recognizer.probe_count = 0;
  app->recognizer.next_probe = 0;
  /* A claim of nobody enrolled is none. */
  memset(app->recognizer.claim, 0, sizeof app->recognizer.claim);
  (void)eb_app_claim(app, claim);
  return EB_APP_OK;
}
