/* A heart for boards without an electrode: the template applications read it in the place of a converter. */
#ifndef EDGEBEAT_SIMULATED_ECG_H
#define EDGEBEAT_SIMULATED_ECG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  /* Samples a second, 100 to 1000; beats a minute, 30 to 220; greatest deviation by noise, in microvolts. */
  int32_t frequency;
  int32_t heart_rate;
  int32_t noise_microvolts;
  /* Thousandths of a sample since the beat began. */
  int32_t phase;
  uint32_t noise;
} eb_simulated_ecg;

/* The next sample, in microvolts. */
int32_t eb_simulated_ecg_next(eb_simulated_ecg *ecg);

#ifdef __cplusplus
}
#endif

#endif
