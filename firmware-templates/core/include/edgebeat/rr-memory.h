/* The latest eight RR intervals and their median. Twin of packages/ecg/src/detector/rr-memory.ts. */
#ifndef EDGEBEAT_RR_MEMORY_H
#define EDGEBEAT_RR_MEMORY_H

#include <stdint.h>

#define EB_RR_MEMORY 8

typedef struct {
  int32_t intervals[EB_RR_MEMORY];
  int32_t next;
  /* Intervals held, 0 to 8. */
  int32_t count;
} eb_rr_memory;

void eb_rr_memory_init(eb_rr_memory *state);

/* interval: in samples. */
void eb_rr_memory_add(eb_rr_memory *state, int32_t interval);

/* The upper median, in samples; 0 for an empty memory. */
int32_t eb_rr_memory_median(const eb_rr_memory *state);

#endif
