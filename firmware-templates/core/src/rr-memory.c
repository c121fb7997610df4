/* The latest RR intervals and their median. */
#include "edgebeat/rr-memory.h"

#include <string.h>

void eb_rr_memory_init(eb_rr_memory *state) { memset(state, 0, sizeof *state); }

void eb_rr_memory_add(eb_rr_memory *state, int32_t interval) {
  state->intervals[state->next] = interval;
  state->next = (state->next + 1) % EB_RR_MEMORY;
  if (state->count < EB_RR_MEMORY) state->count++;
}

int32_t eb_rr_memory_median(const eb_rr_memory *state) {
  int32_t sorted[EB_RR_MEMORY] = {0};
  for (int32_t i = 0; i < state->count; i++) {
    const int32_t value = state->intervals[i];
    int32_t at = i;
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = value;
  }
  return state->count == 0 ? 0 : sorted[state->count / 2];
}
