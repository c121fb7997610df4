/* A simulated ECG electrode behind the sensor API: SENSOR_CHAN_VOLTAGE, and a data-ready trigger for every sample. */
#define DT_DRV_COMPAT edgebeat_ecg_sim

#include <errno.h>
#include <stdint.h>

#include <zephyr/device.h>
#include <zephyr/drivers/sensor.h>
#include <zephyr/kernel.h>

#include "simulated-ecg.h"

#define MICROVOLTS_PER_VOLT 1000000
#define LEAST_FREQUENCY 100
#define MOST_FREQUENCY 1000

struct ecg_sim_data {
	const struct device *dev;
	struct k_timer timer;
	const struct sensor_trigger *trigger;
	sensor_trigger_handler_t handler;
	eb_simulated_ecg ecg;
	int32_t microvolts;
};

static int ecg_sim_sample_fetch(const struct device *dev, enum sensor_channel channel)
{
	struct ecg_sim_data *data = dev->data;

	if (channel != SENSOR_CHAN_ALL && channel != SENSOR_CHAN_VOLTAGE) {
		return -ENOTSUP;
	}
	data->microvolts = eb_simulated_ecg_next(&data->ecg);
	return 0;
}

static int ecg_sim_channel_get(const struct device *dev, enum sensor_channel channel, struct sensor_value *value)
{
	const struct ecg_sim_data *data = dev->data;

	if (channel != SENSOR_CHAN_VOLTAGE) {
		return -ENOTSUP;
	}
	value->val1 = data->microvolts / MICROVOLTS_PER_VOLT;
	value->val2 = data->microvolts % MICROVOLTS_PER_VOLT;
	return 0;
}

static void start(struct ecg_sim_data *data)
{
	const k_timeout_t period = K_USEC(MICROVOLTS_PER_VOLT / data->ecg.frequency);

	k_timer_start(&data->timer, period, period);
}

static int ecg_sim_attr_set(const struct device *dev, enum sensor_channel channel, enum sensor_attribute attribute,
			    const struct sensor_value *value)
{
	struct ecg_sim_data *data = dev->data;

	if (channel != SENSOR_CHAN_VOLTAGE || attribute != SENSOR_ATTR_SAMPLING_FREQUENCY) {
		return -ENOTSUP;
	}
	if (value->val1 < LEAST_FREQUENCY || value->val1 > MOST_FREQUENCY || value->val2 != 0) {
		return -EINVAL;
	}
	data->ecg.frequency = value->val1;
	if (data->handler != NULL) {
		start(data);
	}
	return 0;
}

static int ecg_sim_trigger_set(const struct device *dev, const struct sensor_trigger *trigger,
			       sensor_trigger_handler_t handler)
{
	struct ecg_sim_data *data = dev->data;

	if (trigger->type != SENSOR_TRIG_DATA_READY) {
		return -ENOTSUP;
	}
	k_timer_stop(&data->timer);
	data->trigger = trigger;
	data->handler = handler;
	if (handler != NULL) {
		start(data);
	}
	return 0;
}

/* In the timer's interrupt, as the pin of a converter would. */
static void on_period(struct k_timer *timer)
{
	struct ecg_sim_data *data = k_timer_user_data_get(timer);

	if (data->handler != NULL) {
		data->handler(data->dev, data->trigger);
	}
}

static int ecg_sim_init(const struct device *dev)
{
	struct ecg_sim_data *data = dev->data;

	data->dev = dev;
	k_timer_init(&data->timer, on_period, NULL);
	k_timer_user_data_set(&data->timer, data);
	return 0;
}

static DEVICE_API(sensor, ecg_sim_api) = {
	.attr_set = ecg_sim_attr_set,
	.trigger_set = ecg_sim_trigger_set,
	.sample_fetch = ecg_sim_sample_fetch,
	.channel_get = ecg_sim_channel_get,
};

#define ECG_SIM_DEFINE(inst)                                                                                          \
	BUILD_ASSERT(DT_INST_PROP(inst, sampling_frequency) >= LEAST_FREQUENCY &&                                    \
			     DT_INST_PROP(inst, sampling_frequency) <= MOST_FREQUENCY,                               \
		     "sampling-frequency is 100 to 1000");                                                            \
	BUILD_ASSERT(DT_INST_PROP(inst, heart_rate) >= 30 && DT_INST_PROP(inst, heart_rate) <= 220,                  \
		     "heart-rate is 30 to 220");                                                                      \
	static struct ecg_sim_data ecg_sim_data_##inst = {                                                           \
		.ecg = {.frequency = DT_INST_PROP(inst, sampling_frequency),                                         \
			.heart_rate = DT_INST_PROP(inst, heart_rate),                                                \
			.noise_microvolts = DT_INST_PROP(inst, noise_microvolt)},                                    \
	};                                                                                                            \
	SENSOR_DEVICE_DT_INST_DEFINE(inst, ecg_sim_init, NULL, &ecg_sim_data_##inst, NULL, POST_KERNEL,              \
				     CONFIG_SENSOR_INIT_PRIORITY, &ecg_sim_api);

DT_INST_FOREACH_STATUS_OKAY(ECG_SIM_DEFINE)
