/*
 * The app behind its link on the computer that it was compiled for: records of edgebeat/app/link.h come from the standard input, and go
 * to the standard output. The network is the one that it is linked with.
 */
#include <stdlib.h>
#include <unistd.h>

#include "edgebeat/app/link.h"
#include "identity.h"

static eb_link watch;
static eb_model_identity_memory memory;

static void write_out(void *unused, const uint8_t *bytes, size_t length) {
  (void)unused;
  while (length > 0) {
    const ssize_t written = write(STDOUT_FILENO, bytes, length);
    if (written <= 0) exit(1);
    bytes += written;
    length -= (size_t)written;
  }
}

int main(void) {
  uint8_t bytes[4096];
  eb_link_init(&watch, &eb_model_identity, &memory, NULL, write_out);
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) return count < 0;
    (void)eb_link_receive(&watch, bytes, (size_t)count);
  }
}
