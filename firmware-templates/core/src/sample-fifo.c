/* A ring of samples between one writer and one reader. */
#include "edgebeat/sample-fifo.h"

_Static_assert((EB_SAMPLE_FIFO & (EB_SAMPLE_FIFO - 1)) == 0, "the size of a ring is a power of two");

#define SLOT(count) ((count) & (EB_SAMPLE_FIFO - 1U))

void eb_sample_fifo_init(eb_sample_fifo *fifo) {
  atomic_init(&fifo->written, 0);
  atomic_init(&fifo->read, 0);
  atomic_init(&fifo->dropped, 0);
}

bool eb_sample_fifo_push(eb_sample_fifo *fifo, int16_t sample) {
  const uint32_t written = (uint32_t)atomic_load_explicit(&fifo->written, memory_order_relaxed);
  const uint32_t read = (uint32_t)atomic_load_explicit(&fifo->read, memory_order_acquire);
  if (written - read == EB_SAMPLE_FIFO) {
    /* Only the writer changes it: no read-modify-write, which small cores lack. */
    const uint32_t dropped = (uint32_t)atomic_load_explicit(&fifo->dropped, memory_order_relaxed);
    atomic_store_explicit(&fifo->dropped, dropped + 1U, memory_order_relaxed);
    return false;
  }
  fifo->samples[SLOT(written)] = sample;
  atomic_store_explicit(&fifo->written, written + 1U, memory_order_release);
  return true;
}

size_t eb_sample_fifo_pop(eb_sample_fifo *fifo, int16_t *samples, size_t most) {
  const uint32_t read = (uint32_t)atomic_load_explicit(&fifo->read, memory_order_relaxed);
  const uint32_t written = (uint32_t)atomic_load_explicit(&fifo->written, memory_order_acquire);
  const uint32_t held = written - read;
  const uint32_t taken = most < held ? (uint32_t)most : held;
  for (uint32_t i = 0; i < taken; i++) samples[i] = fifo->samples[SLOT(read + i)];
  atomic_store_explicit(&fifo->read, read + taken, memory_order_release);
  return taken;
}

uint32_t eb_sample_fifo_dropped(eb_sample_fifo *fifo) {
  return (uint32_t)atomic_load_explicit(&fifo->dropped, memory_order_relaxed);
}
