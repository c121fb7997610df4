/*
 * What outlives a reboot, as bytes: the templates and the claim. Little-endian:
 *
 *   magic "EBST", version u8 (1), templates u8, embedding length u16, SHA-256 of the model [32],
 *   claim: length u8 and so many bytes of UTF-8,
 *   each template: subject (length u8, bytes), count u32, created at u64 (us since 1970; 0: unknown), embedding float32 [length],
 *   CRC-32 over all that precedes it
 *
 * Embeddings are the bytes of packages/identity's edgebeat.templates/1, which has them in base64.
 */
#ifndef EDGEBEAT_APP_SAVED_STATE_H
#define EDGEBEAT_APP_SAVED_STATE_H

#include "edgebeat/app/app.h"

#define EB_SAVED_STATE_VERSION 1
/* The longest saved state. */
#define EB_SAVED_STATE_BYTES \
  (44U + EB_SUBJECT_BYTES + EB_GALLERY_TEMPLATES * (12U + EB_SUBJECT_BYTES + 4U * EB_EMBEDDING_LENGTH))

/* bytes: receives at most EB_SAVED_STATE_BYTES; `room` are there. Returns how many, 0 where there is no room for them. */
size_t eb_app_save(const eb_app *app, uint8_t *bytes, size_t room);

/*
 * Takes templates and claim back. Probes of the wearer at hand are forgotten; an enrolment that is running goes on.
 * Returns EB_APP_OK, or what is wrong with the bytes; then nothing has changed.
 */
eb_app_status eb_app_load(eb_app *app, const uint8_t *bytes, size_t length);

#endif
