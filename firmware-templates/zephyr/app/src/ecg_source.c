/* Samples of the electrode. */
#include "ecg_source.h"

#include <zephyr/drivers/sensor.h>
#include <zephyr/kernel.h>

#define MICROVOLTS_PER_VOLT 1000000
/* The main thread is woken for so many samples at once. */
#define BATCH 25

static eb_sample_fifo fifo;
static K_SEM_DEFINE(samples_ready, 0, 1);

static int16_t steps_of(const struct sensor_value *volts)
{
	const int64_t microvolts = (int64_t)volts->val1 * MICROVOLTS_PER_VOLT + volts->val2;

	if (microvolts > INT16_MAX) {
		return INT16_MAX;
	}
	return microvolts < INT16_MIN ? INT16_MIN : (int16_t)microvolts;
}

/* May run in an interrupt. A sample that cannot be read is lost; the ring counts those that find no room. */
static void on_data_ready(const struct device *sensor, const struct sensor_trigger *trigger)
{
	static uint32_t waiting;
	struct sensor_value volts;

	if (sensor_sample_fetch(sensor) != 0 || sensor_channel_get(sensor, trigger->chan, &volts) != 0) {
		return;
	}
	(void)eb_sample_fifo_push(&fifo, steps_of(&volts));
	waiting++;
	if (waiting >= BATCH) {
		waiting = 0;
		k_sem_give(&samples_ready);
	}
}

int ecg_source_start(const struct device *sensor, int32_t samples_per_second)
{
	static const struct sensor_trigger trigger = {
		.type = SENSOR_TRIG_DATA_READY,
		.chan = SENSOR_CHAN_VOLTAGE,
	};
	const struct sensor_value frequency = {.val1 = samples_per_second};
	int error;

	eb_sample_fifo_init(&fifo);
	error = sensor_attr_set(sensor, SENSOR_CHAN_VOLTAGE, SENSOR_ATTR_SAMPLING_FREQUENCY, &frequency);
	if (error != 0) {
		return error;
	}
	return sensor_trigger_set(sensor, &trigger, on_data_ready);
}

eb_sample_fifo *ecg_source_wait(void)
{
	(void)k_sem_take(&samples_ready, K_FOREVER);
	return &fifo;
}
