/* Peaks of the QRS feature that have yet to be judged. Twin of packages/ecg/src/detector/candidate.ts. */
#ifndef EDGEBEAT_CANDIDATE_H
#define EDGEBEAT_CANDIDATE_H

#include <stdbool.h>
#include <stdint.h>

#define EB_CANDIDATE_QUEUE 16

/* One peak of the feature. */
typedef struct {
  /* Whether the fields mean anything. */
  bool held;
  /* Position of the feature's peak in the stream. */
  int32_t index;
  /* Feature at the peak (mV), weighed by the likeness of its shape. */
  float value;
  /* Steepest slope of the complex (mV per 16 ms). */
  float slope;
  /* Position of the R peak, should this be a beat. */
  int32_t r_peak;
} eb_candidate;

/* Candidates in order of time. A full queue lets its smallest one go. */
typedef struct {
  eb_candidate slots[EB_CANDIDATE_QUEUE];
  int32_t count;
} eb_candidate_queue;

void eb_candidate_queue_init(eb_candidate_queue *queue);

/* Largest value in the queue, 0 when empty. */
float eb_candidate_queue_largest(const eb_candidate_queue *queue);

void eb_candidate_queue_push(eb_candidate_queue *queue, const eb_candidate *candidate);

/* Takes the oldest candidate out. Returns false, and gives nothing, when the queue is empty. */
bool eb_candidate_queue_shift(eb_candidate_queue *queue, eb_candidate *target);

#endif
