/* Heart rate: the median RR interval, which one missed or extra beat does not move. */
#include "edgebeat/app/heart-rate.h"

#include <string.h>

#include "edgebeat/constants.h"

#define FEWEST 3

void eb_heart_rate_init(eb_heart_rate *state) { memset(state, 0, sizeof *state); }

static void sort(int32_t *values, int32_t count) {
  for (int32_t i = 1; i < count; i++) {
    const int32_t value = values[i];
    int32_t place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

float eb_heart_rate_update(eb_heart_rate *state, int32_t rr) {
  if (rr > 0) {
    if (state->count == EB_HEART_RATE_BEATS) {
      state->count--;
      memmove(state->intervals, &state->intervals[1], (size_t)state->count * sizeof state->intervals[0]);
    }
    state->intervals[state->count++] = rr;
  }
  if (state->count < FEWEST) return 0.0f;
  int32_t sorted[EB_HEART_RATE_BEATS];
  memcpy(sorted, state->intervals, sizeof sorted);
  sort(sorted, state->count);
  const int32_t middle = state->count / 2;
  /* Twice the median, which is an integer. */
  const int32_t twice = state->count % 2 == 1 ? 2 * sorted[middle] : sorted[middle - 1] + sorted[middle];
  return (float)(2 * 60 * EB_SAMPLE_RATE) / (float)twice;
}
