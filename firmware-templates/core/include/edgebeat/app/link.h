/*
 * The app behind a stream of bytes in each direction: a serial line, semihosting, a radio, calls into WebAssembly.
 * A record is a type u8, a length u16 and so many bytes; everything is little-endian. Twin of packages/sim-device/src/firmware.
 *
 * To the watch; it answers each with EB_LINK_DONE once the record has had its effects:
 *   1 start    rate u32 (mHz), scale u32 (nV), stream id u32, start time u64 (us), frame samples u16, flags u8 (1: clock
 *              unsynchronised, 2: threshold given), low battery u8 (%), metric u8 (0 cosine, 1 Euclidean), windows u8 (0: the model's),
 *              threshold f32, lowest quality f32, goal of enrolments by itself: ms u32, windows u16; their subject (the rest, may
 *              be empty)
 *   2 samples  int16 each          3 contact  u8 (0: lead off)        4 gap      samples u32         5 battery  u8 (%)
 *   6 enrol    ms u32, windows u16, subject (the rest)                7 cancel                       8 forget   subject
 *   9 claim    subject, or nothing                                   10 save                        11 load     saved state
 *  12 stop
 * From the watch:
 *   129 done      type u8 of the record, eb_app_status u8
 *   130 started   embedding length u16, windows u16, threshold f32, metric u8, SHA-256 [32], bytes of the app u32, of the model's
 *                 memory u32, name of the model (the rest)
 *   131 state     u8
 *   132 beat      sequence u32, time u64, sample index u64, rr u32, heart rate f32, quality f32
 *   133 identity  sequence u32, time u64, decision u8, windows u16, score f32, subject (length u8, bytes; none: length 0),
 *                 candidates u8, each subject and score f32; enrolment: state u8, failure u8, ms u32, goal's windows u16,
 *                 elapsed u64 (us), windows u16, refused u16, subject
 *   134 quality   sequence u32, time u64, sqi f32, reasons u32
 *   135 frame     the bytes of a frame
 *   136 saved     the bytes of eb_app_save
 *   137 measured  what a board counted: pairs of key u8 and value u64
 */
#ifndef EDGEBEAT_APP_LINK_H
#define EDGEBEAT_APP_LINK_H

#include "edgebeat/app/app.h"
#include "edgebeat/app/saved-state.h"

#define EB_LINK_HEADER_BYTES 3U
/* Longest payload: a saved state, or so many samples. */
#define EB_LINK_SAMPLES 1024U
#define EB_LINK_PAYLOAD_BYTES (EB_SAVED_STATE_BYTES > 2U * EB_LINK_SAMPLES ? EB_SAVED_STATE_BYTES : 2U * EB_LINK_SAMPLES)

enum {
  EB_LINK_START = 1,
  EB_LINK_SAMPLE_RECORD,
  EB_LINK_CONTACT,
  EB_LINK_GAP,
  EB_LINK_BATTERY,
  EB_LINK_ENROL,
  EB_LINK_CANCEL,
  EB_LINK_FORGET,
  EB_LINK_CLAIM,
  EB_LINK_SAVE,
  EB_LINK_LOAD,
  EB_LINK_STOP,
  EB_LINK_DONE = 129,
  EB_LINK_STARTED,
  EB_LINK_STATE,
  EB_LINK_BEAT,
  EB_LINK_IDENTITY,
  EB_LINK_QUALITY,
  EB_LINK_FRAME,
  EB_LINK_SAVED,
  EB_LINK_MEASURED
};

typedef struct {
  eb_app app;
  const eb_identity_model *model;
  void *model_memory;
  bool started;
  /* Where the watch's bytes go, whole records at a time. */
  void *context;
  void (*write)(void *context, const uint8_t *bytes, size_t length);
  /* The record that is coming in: its bytes so far; of one that is too long the first ones. */
  uint8_t record[EB_LINK_HEADER_BYTES + EB_LINK_PAYLOAD_BYTES];
  size_t held;
  /* The record that is going out. */
  uint8_t out[EB_LINK_HEADER_BYTES + EB_LINK_PAYLOAD_BYTES];
} eb_link;

/* model, its memory and context stay with the link. */
void eb_link_init(eb_link *link, const eb_identity_model *model, void *model_memory, void *context,
                  void (*write)(void *context, const uint8_t *bytes, size_t length));

/* Bytes as they come, in any pieces. Returns whether a stop record was among them. */
bool eb_link_receive(eb_link *link, const uint8_t *bytes, size_t length);

/* A record of the watch's own, of at most EB_LINK_PAYLOAD_BYTES. */
void eb_link_send(eb_link *link, uint8_t type, const uint8_t *payload, size_t length);

#endif
