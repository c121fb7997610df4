/* A beat as a table of microvolts with straight lines between its points, and noise of a congruential generator. */
#include "simulated-ecg.h"

#include <stddef.h>

typedef struct {
  int16_t permille;
  int16_t microvolts;
} point;

/* P, Q, R, S and T, by the thousandth of a beat. */
static const point beat[] = {
    {0, 0},   {90, 0},   {130, 110}, {170, 0},   {205, 0},   {220, -110}, {240, 1100}, {262, -260},
    {280, 0}, {380, 20}, {430, 130}, {480, 290}, {520, 240}, {570, 40},   {620, 0},    {1000, 0},
};

static int32_t beat_at(int32_t permille) {
  size_t i = 1;
  while (beat[i].permille < permille) i++;
  const point *from = &beat[i - 1];
  const point *to = &beat[i];
  return from->microvolts +
         (to->microvolts - from->microvolts) * (permille - from->permille) / (to->permille - from->permille);
}

static int32_t next_noise(eb_simulated_ecg *ecg) {
  const uint32_t choices = (uint32_t)(2 * ecg->noise_microvolts + 1);
  ecg->noise = ecg->noise * 1664525U + 1013904223U;
  return (int32_t)((ecg->noise >> 16) % choices) - ecg->noise_microvolts;
}

int32_t eb_simulated_ecg_next(eb_simulated_ecg *ecg) {
  const int32_t length = ecg->frequency * 60000 / ecg->heart_rate;
  ecg->phase += 1000;
  if (ecg->phase >= length) ecg->phase -= length;
  return beat_at((int32_t)((int64_t)ecg->phase * 1000 / length)) + next_noise(ecg);
}
