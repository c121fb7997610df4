/* Peaks of the QRS feature that have yet to be judged. */
#include "edgebeat/candidate.h"

#include <string.h>

#include "edgebeat/float32.h"

void eb_candidate_queue_init(eb_candidate_queue *queue) { memset(queue, 0, sizeof *queue); }

float eb_candidate_queue_largest(const eb_candidate_queue *queue) {
  float value = 0.0f;
  for (int32_t i = 0; i < queue->count; i++) value = eb_max(value, queue->slots[i].value);
  return value;
}

static void remove_at(eb_candidate_queue *queue, int32_t at) {
  for (int32_t i = at; i + 1 < queue->count; i++) queue->slots[i] = queue->slots[i + 1];
  queue->count--;
}

void eb_candidate_queue_push(eb_candidate_queue *queue, const eb_candidate *candidate) {
  if (queue->count == EB_CANDIDATE_QUEUE) {
    int32_t smallest = 0;
    for (int32_t i = 1; i < queue->count; i++)
      if (queue->slots[i].value < queue->slots[smallest].value) smallest = i;
    if (candidate->value <= queue->slots[smallest].value) return;
    remove_at(queue, smallest);
  }
  queue->slots[queue->count] = *candidate;
  queue->slots[queue->count++].held = true;
}

bool eb_candidate_queue_shift(eb_candidate_queue *queue, eb_candidate *target) {
  if (queue->count == 0) return false;
  *target = queue->slots[0];
  remove_at(queue, 0);
  return true;
}
