/* Streaming polyphase resampler from any rate to 250 samples per second. */
#include "edgebeat/resampler.h"

#include <string.h>

#include "edgebeat/constants.h"
#include "edgebeat/float32.h"
#include "resampler-kernel.h"

_Static_assert(EB_RESAMPLER_TAPS == 2 * EB_ZERO_CROSSINGS * (EB_HIGHEST_MILLI_HERTZ / EB_OUTPUT_MILLI_HERTZ),
               "the ring holds the taps of the highest rate");
_Static_assert(EB_RESAMPLER_OUTPUTS * EB_LOWEST_MILLI_HERTZ >= EB_OUTPUT_MILLI_HERTZ,
               "the outputs of one input at the lowest rate");
_Static_assert(EB_RESAMPLER_BANK >= 2 * EB_ZERO_CROSSINGS, "the bank holds one kernel at least");

static uint32_t greatest_common_divisor(uint32_t a, uint32_t b) {
  while (b != 0) {
    const uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static int32_t ceiling(float value) {
  const int32_t whole = (int32_t)value;
  return (float)whole < value ? whole + 1 : whole;
}

bool eb_resampler_init(eb_resampler *state, uint32_t milli_hertz) {
  if (milli_hertz < EB_LOWEST_MILLI_HERTZ || milli_hertz > EB_HIGHEST_MILLI_HERTZ) return false;
  memset(state, 0, sizeof *state);
  const uint32_t divisor = greatest_common_divisor(milli_hertz, EB_OUTPUT_MILLI_HERTZ);
  state->step = (int32_t)(milli_hertz / divisor);
  state->phases = (int32_t)(EB_OUTPUT_MILLI_HERTZ / divisor);
  const float narrowing = eb_max(1.0f, (float)milli_hertz / (float)EB_OUTPUT_MILLI_HERTZ);
  state->half = ceiling((float)EB_ZERO_CROSSINGS * narrowing);
  state->taps = 2 * state->half;
  state->stride = (float)EB_STEPS_PER_CROSSING / narrowing;
  state->banked = state->phases <= EB_RESAMPLER_BANK / state->taps;
  state->missing = state->half + 1;
  return true;
}

/* Kernel values at the distances of the taps from the output's position, scaled to sum 1: an offset stays an offset. */
static void compute_kernel(const eb_resampler *state, float *target) {
  const float fraction = (float)state->phase / (float)state->phases;
  float sum = 0.0f;
  for (int32_t i = 0; i < state->taps; i++) {
    const float distance = eb_abs((float)(i - (state->half - 1)) - fraction);
    const float position = distance * state->stride;
    const int32_t below = (int32_t)position;
    float value = 0.0f;
    if (below < KERNEL_LENGTH - 1) {
      const float rest = position - (float)below;
      value = kernel_table[below] + rest * (kernel_table[below + 1] - kernel_table[below]);
    }
    target[i] = value;
    sum = sum + value;
  }
  for (int32_t i = 0; i < state->taps; i++) target[i] = target[i] / sum;
}

static const float *kernel_of_phase(eb_resampler *state) {
  if (!state->banked) {
    compute_kernel(state, state->scratch);
    return state->scratch;
  }
  float *kernel = &state->bank[state->phase * state->taps];
  uint8_t *known = &state->known[state->phase >> 3];
  const uint8_t bit = (uint8_t)(1U << ((uint32_t)state->phase & 7U));
  if ((*known & bit) == 0) {
    *known = (uint8_t)(*known | bit);
    compute_kernel(state, kernel);
  }
  return kernel;
}

static float interpolate(eb_resampler *state) {
  const float *kernel = kernel_of_phase(state);
  float sum = 0.0f;
  for (int32_t i = state->next; i < state->taps; i++) sum = sum + *kernel++ * state->ring[i];
  for (int32_t i = 0; i < state->next; i++) sum = sum + *kernel++ * state->ring[i];
  return sum;
}

int32_t eb_resampler_update(eb_resampler *state, float sample, float *outputs) {
  if (state->step == state->phases) {
    outputs[0] = sample;
    return 1;
  }
  if (!state->started) {
    /* As if the first value had stood for ever, like every filter behind it. */
    state->started = true;
    for (int32_t i = 0; i < state->taps; i++) state->ring[i] = sample;
  }
  state->ring[state->next] = sample;
  state->next = state->next + 1 == state->taps ? 0 : state->next + 1;
  int32_t count = 0;
  state->missing--;
  while (state->missing <= 0) {
    outputs[count++] = interpolate(state);
    state->phase += state->step;
    while (state->phase >= state->phases) {
      state->phase -= state->phases;
      state->missing++;
    }
  }
  return count;
}
