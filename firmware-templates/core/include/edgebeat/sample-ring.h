/* The last samples of a stream, addressed by their position in it. Twin of packages/ecg/src/signal/sample-ring.ts. */
#ifndef EDGEBEAT_SAMPLE_RING_H
#define EDGEBEAT_SAMPLE_RING_H

#include <stdint.h>
#include <string.h>

/*
 * Declares the type NAME, a ring of SIZE float32 samples (a power of two; 4 * SIZE + 4 bytes), with
 * - NAME_init(ring): empty, all zero;
 * - NAME_put(ring, sample);
 * - NAME_at(ring, index): the sample at that position in the stream, which must be among the latest SIZE ones;
 * - NAME_oldest(ring): position of the oldest sample that is still held.
 */
#define EB_SAMPLE_RING(NAME, SIZE)                                                                                   \
  _Static_assert(((SIZE) & ((SIZE)-1)) == 0, "the size of a ring is a power of two");                                \
  typedef struct {                                                                                                   \
    float samples[SIZE];                                                                                             \
    /* Samples put in since init. */                                                                                 \
    int32_t count;                                                                                                   \
  } NAME;                                                                                                            \
  static inline void NAME##_init(NAME *ring) { memset(ring, 0, sizeof *ring); }                                      \
  static inline void NAME##_put(NAME *ring, float sample) {                                                          \
    ring->samples[(uint32_t)ring->count & ((SIZE)-1U)] = sample;                                                     \
    ring->count = (int32_t)((uint32_t)ring->count + 1U);                                                             \
  }                                                                                                                  \
  static inline float NAME##_at(const NAME *ring, int32_t index) {                                                   \
    return ring->samples[(uint32_t)index & ((SIZE)-1U)];                                                             \
  }                                                                                                                  \
  static inline int32_t NAME##_oldest(const NAME *ring) { return ring->count > (SIZE) ? ring->count - (SIZE) : 0; }

EB_SAMPLE_RING(eb_ring64, 64)
EB_SAMPLE_RING(eb_ring128, 128)
EB_SAMPLE_RING(eb_ring512, 512)
EB_SAMPLE_RING(eb_ring1024, 1024)

#endif
