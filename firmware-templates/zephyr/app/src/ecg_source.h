/* Samples of the electrode, from the sensor's trigger to the main thread. */
#ifndef EDGEBEAT_ZEPHYR_ECG_SOURCE_H
#define EDGEBEAT_ZEPHYR_ECG_SOURCE_H

#include <zephyr/device.h>

#include "edgebeat/sample-fifo.h"

/* A step of the samples that the source gives, in nanovolts. */
#define ECG_SOURCE_SCALE_NANOVOLTS 1000U

/* Starts the sensor. Returns 0, or the negative error of the sensor. */
int ecg_source_start(const struct device *sensor, int32_t samples_per_second);

/* Waits until there are samples, and gives the ring that they are in. */
eb_sample_fifo *ecg_source_wait(void);

#endif
