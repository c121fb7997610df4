/* Heart rate: the median of the latest RR intervals. Twin of packages/runtime/src/session/heart-rate.ts. */
#ifndef EDGEBEAT_APP_HEART_RATE_H
#define EDGEBEAT_APP_HEART_RATE_H

#include <stdint.h>

#define EB_HEART_RATE_BEATS 8

typedef struct {
  int32_t intervals[EB_HEART_RATE_BEATS];
  int32_t count;
} eb_heart_rate;

void eb_heart_rate_init(eb_heart_rate *state);

/* rr: samples at 250 Hz since the beat before; 0 for a first beat. Returns beats per minute, 0 while there are too few. */
float eb_heart_rate_update(eb_heart_rate *state, int32_t rr);

#endif
