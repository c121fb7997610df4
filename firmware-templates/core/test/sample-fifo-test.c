/*
 * The ring between interrupt and main loop: first against counters, then with a writer and a reader at the same time, for a
 * sanitizer to watch: `sample-fifo-test SEED SAMPLES`.
 */
#include <pthread.h>
#include <string.h>

#include "edgebeat/sample-fifo.h"
#include "words.h"

static eb_sample_fifo fifo;
static uint32_t state;
static uint32_t samples_to_send;

static uint32_t any(uint32_t below) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static int16_t sample_of(uint32_t number) { return (int16_t)(uint16_t)(number & 0xFFFFU); }

/* Pushes and pops at random: order kept, nothing lost but what was refused, never more held than there is room. */
static void check_alone(uint32_t rounds) {
  int16_t out[EB_SAMPLE_FIFO + 8];
  uint32_t written = 0;
  uint32_t read = 0;
  uint32_t dropped = 0;
  eb_sample_fifo_init(&fifo);
  /* Counters begin just before they wrap around. */
  atomic_store(&fifo.written, UINT32_MAX - 1000U);
  atomic_store(&fifo.read, UINT32_MAX - 1000U);
  for (; rounds > 0; rounds--) {
    for (uint32_t pushes = any(EB_SAMPLE_FIFO / 2 + 1); pushes > 0; pushes--) {
      const bool fits = written - read < EB_SAMPLE_FIFO;
      if (eb_sample_fifo_push(&fifo, sample_of(written)) != fits) fail("push does not know its room");
      if (fits) written++;
      else dropped++;
    }
    const size_t most = any(EB_SAMPLE_FIFO / 2 + 8);
    const size_t held = written - read;
    const size_t taken = eb_sample_fifo_pop(&fifo, out, most);
    if (taken != (most < held ? most : held)) fail("pop gives another number of samples");
    for (size_t i = 0; i < taken; i++)
      if (out[i] != sample_of(read++)) fail("pop gives another sample");
    if (eb_sample_fifo_dropped(&fifo) != dropped) fail("dropped samples are miscounted");
  }
  if (dropped == 0) fail("the ring was never full");
}

static void *write_all(void *unused) {
  for (uint32_t next = 0; next < samples_to_send;)
    if (eb_sample_fifo_push(&fifo, sample_of(next))) next++;
  return unused;
}

static void check_together(void) {
  int16_t out[100];
  pthread_t writer;
  eb_sample_fifo_init(&fifo);
  if (pthread_create(&writer, NULL, write_all, NULL) != 0) fail("no thread");
  for (uint32_t next = 0; next < samples_to_send;) {
    const size_t taken = eb_sample_fifo_pop(&fifo, out, 100);
    for (size_t i = 0; i < taken; i++)
      if (out[i] != sample_of(next++)) fail("a sample was lost or changed on its way");
  }
  pthread_join(writer, NULL);
}

int main(int count, char **arguments) {
  if (count != 3) fail("usage: sample-fifo-test SEED SAMPLES");
  state = (uint32_t)strtoul(arguments[1], NULL, 10) | 1U;
  samples_to_send = (uint32_t)strtoul(arguments[2], NULL, 10);
  check_alone(samples_to_send / 100);
  check_together();
  printf("%lu samples in order\n", (unsigned long)samples_to_send);
  return 0;
}
