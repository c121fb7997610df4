/* Puts the R peak where the 0.5-40 Hz signal deviates most from its baseline near the detection. */
#include "edgebeat/peak-placement.h"

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"

static int32_t later(int32_t a, int32_t b) { return a > b ? a : b; }

static int32_t earlier(int32_t a, int32_t b) { return a < b ? a : b; }

int32_t eb_place_peak(const eb_ring128 *signal, int32_t feature_peak) {
  const int32_t centre = feature_peak - EB_FEATURE_DELAY;
  const int32_t oldest = eb_ring128_oldest(signal);
  const int32_t newest = signal->count - 1;
  const int32_t baseline_from = later(oldest, centre - EB_BASELINE_REACH);
  const int32_t baseline_to = earlier(newest, centre + EB_BASELINE_REACH);
  float sum = 0.0f;
  for (int32_t i = baseline_from; i <= baseline_to; i++) sum = sum + eb_ring128_at(signal, i);
  const float baseline = sum / (float)(baseline_to - baseline_from + 1);

  const int32_t from = later(oldest, centre - EB_PLACEMENT_REACH);
  const int32_t to = earlier(newest, centre + EB_PLACEMENT_REACH);
  int32_t peak = from;
  float largest = -1.0f;
  for (int32_t i = from; i <= to; i++) {
    const float deviation = eb_abs(eb_ring128_at(signal, i) - baseline);
    if (deviation > largest) {
      largest = deviation;
      peak = i;
    }
  }
  return peak;
}
