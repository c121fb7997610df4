/*
 * A watch as a WebAssembly module: the app behind its link, with the network that it is linked with. The host writes bytes of the link
 * where edgebeat_watch_input says, calls edgebeat_watch_receive, and takes what the watch has sent from edgebeat_watch_output. Twin of
 * packages/sim-device/src/firmware/wasm-watch.ts.
 */
#include <string.h>

#include "edgebeat/app/link.h"
#include "identity.h"

#define EXPORT(name) __attribute__((export_name("edgebeat_watch_" #name)))
/* What one record can cause, with room to spare: 1,024 samples make at most some 30 kB of frames and answers. */
#define OUTPUT_BYTES 65536U

static eb_link watch;
static eb_model_identity_memory memory;
static uint8_t input[EB_LINK_HEADER_BYTES + EB_LINK_PAYLOAD_BYTES];
static uint8_t output[OUTPUT_BYTES];
static size_t output_length;
static bool is_full;

static void keep(void *context, const uint8_t *bytes, size_t length) {
  (void)context;
  is_full = is_full || length > OUTPUT_BYTES - output_length;
  if (is_full) return;
  memcpy(&output[output_length], bytes, length);
  output_length += length;
}

/* Boots; what a watch knew before is gone. */
EXPORT(boot) void edgebeat_watch_boot(void);
void edgebeat_watch_boot(void) {
  output_length = 0;
  is_full = false;
  eb_link_init(&watch, &eb_model_identity, &memory, NULL, keep);
}

EXPORT(input) uint8_t *edgebeat_watch_input(void);
uint8_t *edgebeat_watch_input(void) { return input; }

/* How many bytes there is room for: a whole record. */
EXPORT(room) uint32_t edgebeat_watch_room(void);
uint32_t edgebeat_watch_room(void) { return sizeof input; }

EXPORT(output) uint8_t *edgebeat_watch_output(void);
uint8_t *edgebeat_watch_output(void) { return output; }

/* Takes so many bytes of the input. Returns how many bytes the watch has sent in turn, or -1 where there was no room for them. */
EXPORT(receive) int32_t edgebeat_watch_receive(uint32_t length);
int32_t edgebeat_watch_receive(uint32_t length) {
  output_length = 0;
  if (length > sizeof input) return -1;
  (void)eb_link_receive(&watch, input, length);
  return is_full ? -1 : (int32_t)output_length;
}
