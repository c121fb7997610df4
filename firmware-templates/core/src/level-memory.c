/* The heights of the latest peaks of one kind, and their order statistics. */
#include "edgebeat/level-memory.h"

#include <string.h>

#include "edgebeat/float32.h"

void eb_level_memory_init(eb_level_memory *state) { memset(state, 0, sizeof *state); }

void eb_level_memory_add(eb_level_memory *state, float value) {
  state->values[state->next] = value;
  state->next = (state->next + 1) % EB_LEVEL_MEMORY;
  if (state->count < EB_LEVEL_MEMORY) state->count++;
}

static int32_t latest_slot(const eb_level_memory *state) {
  return (state->next + EB_LEVEL_MEMORY - 1) % EB_LEVEL_MEMORY;
}

float eb_level_memory_latest(const eb_level_memory *state) { return state->values[latest_slot(state)]; }

void eb_level_memory_replace_latest(eb_level_memory *state, float value) {
  state->values[latest_slot(state)] = value;
}

void eb_level_memory_fill(eb_level_memory *state, float value) {
  for (int32_t i = 0; i < EB_LEVEL_MEMORY; i++) state->values[i] = value;
  state->count = EB_LEVEL_MEMORY;
  state->next = 0;
}

static void sort(const eb_level_memory *state, float *sorted) {
  for (int32_t i = 0; i < state->count; i++) {
    const float value = state->values[i];
    int32_t at = i;
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = value;
  }
}

float eb_level_memory_ranked(const eb_level_memory *state, int32_t rank) {
  float sorted[EB_LEVEL_MEMORY] = {0.0f};
  if (state->count == 0) return 0.0f;
  sort(state, sorted);
  return sorted[rank < state->count - 1 ? rank : state->count - 1];
}

float eb_level_memory_median(const eb_level_memory *state) {
  float sorted[EB_LEVEL_MEMORY] = {0.0f};
  if (state->count == 0) return 0.0f;
  sort(state, sorted);
  const int32_t half = state->count / 2;
  if (state->count % 2 != 0) return sorted[half];
  return (sorted[half - 1] + sorted[half]) * 0.5f;
}
