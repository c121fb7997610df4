/*
 * A simulated ECG electrode behind the sensor API: SENSOR_CHAN_VOLTAGE, and a data-ready trigger for every sample. The beat is a
 * table of microvolts with straight lines between its points; noise comes from a congruential generator.
 */
#define DT_DRV_COMPAT edgebeat_ecg_sim

#include <errno.h>
#include <stdint.h>

#include <zephyr/device.h>
#include <zephyr/drivers/sensor.h>
#include <zephyr/kernel.h>

#define MICROVOLTS_PER_VOLT 1000000
#define LEAST_FREQUENCY 100
#define MOST_FREQUENCY 1000

struct ecg_sim_config {
	int32_t heart_rate;
	int32_t noise_microvolt;
};

struct ecg_sim_data {
	const struct device *dev;
	struct k_timer timer;
	const struct sensor_trigger *trigger;
	sensor_trigger_handler_t handler;
	int32_t frequency;
	/* Thousandths of a sample since the beat began. */
	int32_t phase;
	uint32_t noise;
	int32_t microvolts;
};

struct point {
	int16_t permille;
	int16_t microvolts;
};

/* P, Q, R, S and T, by the thousandth of a beat. */
static const struct point beat[] = {
	{0, 0},     {90, 0},     {130, 110}, {170, 0},   {205, 0},   {220, -110}, {240, 1100}, {262, -260},
	{280, 0},   {380, 20},   {430, 130}, {480, 290}, {520, 240}, {570, 40},   {620, 0},    {1000, 0},
};

static int32_t beat_at(int32_t permille)
{
	size_t i = 1;

	while (beat[i].permille < permille) {
		i++;
	}
	const struct point *from = &beat[i - 1];
	const struct point *to = &beat[i];

	return from->microvolts + (to->microvolts - from->microvolts) * (permille - from->permille) /
					  (to->permille - from->permille);
}

static int32_t next_noise(struct ecg_sim_data *data, int32_t most)
{
	data->noise = data->noise * 1664525U + 1013904223U;
	return (int32_t)((data->noise >> 16) % (uint32_t)(2 * most + 1)) - most;
}

static int ecg_sim_sample_fetch(const struct device *dev, enum sensor_channel channel)
{
	const struct ecg_sim_config *config = dev->config;
	struct ecg_sim_data *data = dev->data;

	if (channel != SENSOR_CHAN_ALL && channel != SENSOR_CHAN_VOLTAGE) {
		return -ENOTSUP;
	}
	const int32_t beat_length = data->frequency * 60000 / config->heart_rate;

	data->phase += 1000;
	if (data->phase >= beat_length) {
		data->phase -= beat_length;
	}
	data->microvolts = beat_at((int32_t)((int64_t)data->phase * 1000 / beat_length)) +
			   next_noise(data, config->noise_microvolt);
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
	const k_timeout_t period = K_USEC(MICROVOLTS_PER_VOLT / data->frequency);

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
	data->frequency = value->val1;
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
	static const struct ecg_sim_config ecg_sim_config_##inst = {                                                 \
		.heart_rate = DT_INST_PROP(inst, heart_rate),                                                        \
		.noise_microvolt = DT_INST_PROP(inst, noise_microvolt),                                              \
	};                                                                                                            \
	static struct ecg_sim_data ecg_sim_data_##inst = {                                                           \
		.frequency = DT_INST_PROP(inst, sampling_frequency),                                                 \
		.noise = 1U,                                                                                          \
	};                                                                                                            \
	SENSOR_DEVICE_DT_INST_DEFINE(inst, ecg_sim_init, NULL, &ecg_sim_data_##inst, &ecg_sim_config_##inst,         \
				     POST_KERNEL, CONFIG_SENSOR_INIT_PRIORITY, &ecg_sim_api);

DT_INST_FOREACH_STATUS_OKAY(ECG_SIM_DEFINE)
