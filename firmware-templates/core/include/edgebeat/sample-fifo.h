/*
 * Hands samples from the converter's interrupt to the main loop: a ring with one writer and one reader, without locks. A full
 * ring drops the newest sample and counts it, so that the loop can tell a gap.
 */
#ifndef EDGEBEAT_SAMPLE_FIFO_H
#define EDGEBEAT_SAMPLE_FIFO_H

/* First: newlib's stdatomic.h wants it. */
#include <stdint.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Samples held at most, a power of two; 256 are a second at 250 Hz. */
#ifndef EB_SAMPLE_FIFO
#define EB_SAMPLE_FIFO 256
#endif

typedef struct {
  int16_t samples[EB_SAMPLE_FIFO];
  /* Samples written, read and dropped since init, modulo 2^32; the first and the last by the writer alone. */
  atomic_uint_least32_t written;
  atomic_uint_least32_t read;
  atomic_uint_least32_t dropped;
} eb_sample_fifo;

/* Before the interrupt is enabled. */
void eb_sample_fifo_init(eb_sample_fifo *fifo);

/* The writer's: returns false where the sample was dropped. */
bool eb_sample_fifo_push(eb_sample_fifo *fifo, int16_t sample);

/* The reader's: takes up to `most` samples out, the oldest first. Returns how many. */
size_t eb_sample_fifo_pop(eb_sample_fifo *fifo, int16_t *samples, size_t most);

/* Samples dropped since init, modulo 2^32. */
uint32_t eb_sample_fifo_dropped(eb_sample_fifo *fifo);

#endif
