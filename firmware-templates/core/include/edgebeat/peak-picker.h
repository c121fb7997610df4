/* Finds the local maxima of the QRS feature as they become certain. Twin of packages/ecg/src/detector/peak-picker.ts. */
#ifndef EDGEBEAT_PEAK_PICKER_H
#define EDGEBEAT_PEAK_PICKER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  /* Position and feature value of the latest peak, once update returned true. */
  int32_t index;
  float value;
  float highest;
  int32_t highest_at;
} eb_peak_picker;

void eb_peak_picker_init(eb_peak_picker *state);

/* now: position of this value in the stream. Returns whether a peak became final with it. */
bool eb_peak_picker_update(eb_peak_picker *state, float feature, int32_t now);

#endif
