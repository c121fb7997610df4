/*
 * Streaming polyphase resampler from 60-4,000 Hz to 250 samples per second. Output n stands exactly n / 250 s after the first
 * input sample. Twin of packages/ecg/src/signal/resampler.ts.
 */
#ifndef EDGEBEAT_RESAMPLER_H
#define EDGEBEAT_RESAMPLER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Coefficients that are kept instead of being computed again for each output: phases times taps, 300 for 360 Hz, 16 for 500 Hz,
 * 2,250 for 512 Hz. A rate that needs more is resampled without the bank, which costs time and changes no bit.
 */
#ifndef EB_RESAMPLER_BANK
#define EB_RESAMPLER_BANK 512
#endif

/* Taps at 4,000 Hz. */
#define EB_RESAMPLER_TAPS 128
/* Most outputs that one input can give (60 Hz). */
#define EB_RESAMPLER_OUTPUTS 5

typedef struct {
  float ring[EB_RESAMPLER_TAPS];
  float scratch[EB_RESAMPLER_TAPS];
  float bank[EB_RESAMPLER_BANK];
  /* One bit per phase whose coefficients are in the bank; no kernel has fewer than eight taps. */
  uint8_t known[EB_RESAMPLER_BANK / 64 + 1];
  /* Inputs that must follow an output's position before it can be computed. */
  int32_t half;
  int32_t taps;
  /* Input samples between two outputs, as the fraction step / phases. */
  int32_t step;
  int32_t phases;
  /* Kernel table steps from one input sample to the next. */
  float stride;
  /* Slot of the ring that the next input takes. */
  int32_t next;
  /* Inputs to come before the next output. */
  int32_t missing;
  /* Position of the next output behind an input sample, in units of 1 / phases. */
  int32_t phase;
  bool banked;
  bool started;
} eb_resampler;

/* milli_hertz: input rate in thousandths of a sample per second. Returns false outside 60,000-4,000,000. */
bool eb_resampler_init(eb_resampler *state, uint32_t milli_hertz);

/* outputs: receives the outputs, from index 0 on; EB_RESAMPLER_OUTPUTS long. Returns how many there are. */
int32_t eb_resampler_update(eb_resampler *state, float sample, float *outputs);

#endif
