/*
 * A watch on a board: the app behind its link, on the console of semihosting. identity.h is that of the network which is linked with
 * it. Once stopped it tells what it measured (EB_LINK_MEASURED) and ends.
 */
#include <string.h>

#include "edgebeat/app/link.h"
#include "identity.h"
#include "instructions.h"
#include "semihosting.h"
#include "stack-mark.h"

extern uint32_t __etext;
extern uint32_t __data_start__;
extern uint32_t __data_end__;
extern uint32_t __bss_end__;
extern uint32_t __code_start__;
extern uint32_t __constants_start__;
extern uint32_t __constants_end__;

/* Keys of EB_LINK_MEASURED. */
enum {
  MEASURED_WINDOWS = 1,
  MEASURED_NETWORK_INSTRUCTIONS,
  MEASURED_INSTRUCTIONS,
  MEASURED_FLASH_BYTES,
  MEASURED_STATIC_RAM_BYTES,
  MEASURED_STACK_BYTES,
  MEASURED_COUNT = MEASURED_STACK_BYTES
};

static eb_link link;
static eb_identity_model model;
static eb_model_identity_memory memory;

static uint64_t windows;
static uint64_t network_instructions;
static uint64_t instructions;

/* What waits to go to the host: calls of it are dear, and count as no work of the app. */
static uint8_t waiting[8192];
static size_t waiting_bytes;

static void counted_embed(void *room, const float *window, float *embedding) {
  const uint64_t before = instructions_now();
  eb_model_identity.embed(room, window, embedding);
  network_instructions += instructions_now() - before;
  windows++;
}

static void write_waiting(void) {
  if (waiting_bytes > 0) host_write(waiting, waiting_bytes);
  waiting_bytes = 0;
}

static void keep(void *context, const uint8_t *bytes, size_t length) {
  (void)context;
  if (length > sizeof waiting - waiting_bytes) write_waiting();
  memcpy(&waiting[waiting_bytes], bytes, length);
  waiting_bytes += length;
}

static uint64_t distance(const void *from, const void *to) { return (uintptr_t)to - (uintptr_t)from; }

static void tell_measured(void) {
  const uint64_t constants = distance(&__constants_start__, &__constants_end__);
  const uint64_t variables = distance(&__data_start__, &__data_end__);
  const uint64_t values[MEASURED_COUNT] = {
      [MEASURED_WINDOWS - 1] = windows,
      [MEASURED_NETWORK_INSTRUCTIONS - 1] = network_instructions,
      [MEASURED_INSTRUCTIONS - 1] = instructions,
      [MEASURED_FLASH_BYTES - 1] = distance(&__code_start__, &__etext) + constants + variables,
      [MEASURED_STATIC_RAM_BYTES - 1] = distance(&__data_start__, &__bss_end__),
      [MEASURED_STACK_BYTES - 1] = stack_used(),
  };
  uint8_t payload[MEASURED_COUNT * 9];
  size_t length = 0;
  for (uint8_t i = 0; i < MEASURED_COUNT; i++) {
    payload[length++] = (uint8_t)(i + 1U);
    for (uint32_t byte = 0; byte < 8U; byte++) payload[length++] = (uint8_t)(values[i] >> (8U * byte));
  }
  eb_link_send(&link, EB_LINK_MEASURED, payload, length);
}

int main(void) {
  static uint8_t bytes[1024];
  stack_paint();
  instructions_start();
  host_open();
  model = eb_model_identity;
  model.embed = counted_embed;
  eb_link_init(&link, &model, &memory, NULL, keep);
  for (;;) {
    const size_t length = host_read(bytes, sizeof bytes);
    if (length == 0) host_exit(1);
    const uint64_t before = instructions_now();
    const bool stopped = eb_link_receive(&link, bytes, length);
    instructions += instructions_now() - before;
    if (stopped) tell_measured();
    write_waiting();
    if (stopped) host_exit(0);
  }
}
