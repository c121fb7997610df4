/*
 * The app behind its link on the computer that it was compiled for: records of edgebeat/app/link.h come from the standard input, and go
 * to the standard output. The network is the one that it is linked with.
 */
#include <stdio.h>
#include <stdlib.h>

#include "edgebeat/app/link.h"
#include "identity.h"

static eb_link link;
static eb_model_identity_memory memory;

static void write_out(void *output, const uint8_t *bytes, size_t length) {
  if (fwrite(bytes, 1, length, output) != length) exit(1);
}

int main(void) {
  uint8_t bytes[4096];
  eb_link_init(&link, &eb_model_identity, &memory, stdout, write_out);
  for (size_t count = fread(bytes, 1, sizeof bytes, stdin); count > 0; count = fread(bytes, 1, sizeof bytes, stdin)) {
    (void)eb_link_receive(&link, bytes, count);
    if (fflush(stdout) != 0) return 1;
  }
  return 0;
}
