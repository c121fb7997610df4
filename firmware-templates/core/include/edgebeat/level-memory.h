/*
 * The heights of the latest peaks of one kind (QRS or noise), and their order statistics.
 * Twin of packages/ecg/src/detector/level-memory.ts.
 */
#ifndef EDGEBEAT_LEVEL_MEMORY_H
#define EDGEBEAT_LEVEL_MEMORY_H

#include <stdint.h>

#include "edgebeat/constants.h"

typedef struct {
  float values[EB_LEVEL_MEMORY];
  int32_t count;
  int32_t next;
} eb_level_memory;

void eb_level_memory_init(eb_level_memory *state);
void eb_level_memory_add(eb_level_memory *state, float value);

/* The value added last; 0 before the first. */
float eb_level_memory_latest(const eb_level_memory *state);
void eb_level_memory_replace_latest(eb_level_memory *state, float value);

/* Fills the whole memory with one value. */
void eb_level_memory_fill(eb_level_memory *state, float value);

/* The value with `rank` smaller ones (the largest, when fewer are held), 0 for an empty memory. */
float eb_level_memory_ranked(const eb_level_memory *state, int32_t rank);

/* The median; the mean of the middle two for an even count; 0 for an empty memory. */
float eb_level_memory_median(const eb_level_memory *state);

#endif
