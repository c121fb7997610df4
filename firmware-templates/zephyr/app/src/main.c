/*
 * A watch: samples of the electrode go into the firmware's app, and what it finds goes to the log. The first wearer is enrolled, later
 * ones are compared with the template.
 */
#include <inttypes.h>
#include <string.h>

#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/random/random.h>

#include "answer-names.h"
#include "ecg_source.h"
#include "edgebeat/app/app.h"
#include "network.h"

LOG_MODULE_REGISTER(edgebeat, LOG_LEVEL_INF);

static eb_app app;

static void on_state(void *context, eb_app_state state)
{
	ARG_UNUSED(context);
	LOG_INF("state %s", eb_state_name(state));
}

static void on_beat(void *context, uint32_t sequence, const eb_app_beat *beat)
{
	ARG_UNUSED(context);
	ARG_UNUSED(sequence);
	LOG_INF("beat at sample %" PRIu64 ", %d a minute", beat->sample_index, (int)(beat->heart_rate + 0.5f));
}

static void on_identity(void *context, uint32_t sequence, uint64_t time_us, const eb_identity_answer *answer)
{
	ARG_UNUSED(context);
	ARG_UNUSED(sequence);
	ARG_UNUSED(time_us);
	LOG_INF("%s %s, score %d / 1000", eb_decision_name(answer->decision), answer->subject ? answer->subject : "-",
		eb_score_permille(answer));
}

static eb_app_config config_of(void)
{
	eb_app_config config = {
		.rate_milli_hertz = CONFIG_EDGEBEAT_SAMPLING_FREQUENCY * 1000U,
		.scale_nanovolts = ECG_SOURCE_SCALE_NANOVOLTS,
		.frame_samples = CONFIG_EDGEBEAT_SAMPLING_FREQUENCY / 5,
		.stream_id = sys_rand32_get(),
		.start_time_us = 0,
		.clock_unsynchronised = true,
		.low_battery = 10,
		.recognizer.auto_goal = {.milliseconds = CONFIG_EDGEBEAT_ENROL_SECONDS * 1000U, .windows = 4},
	};

	strncpy(config.recognizer.auto_enrol, CONFIG_EDGEBEAT_SUBJECT, sizeof(config.recognizer.auto_enrol) - 1);
	return config;
}

int main(void)
{
	const struct device *const sensor = DEVICE_DT_GET(DT_ALIAS(ecg));
	const eb_app_config config = config_of();
	const eb_app_sink sink = {.state = on_state, .beat = on_beat, .identity = on_identity};
	int error;

	if (!device_is_ready(sensor)) {
		LOG_ERR("the electrode is not ready");
		return 0;
	}
	if (eb_app_init(&app, &config, network_model(), network_memory(), &sink) != EB_APP_OK) {
		LOG_ERR("the app does not take its settings");
		return 0;
	}
	LOG_INF("network %s, embedding of %d", network_model()->name, (int)network_model()->embedding_length);
	error = ecg_source_start(sensor, CONFIG_EDGEBEAT_SAMPLING_FREQUENCY);
	if (error != 0) {
		LOG_ERR("the electrode does not start: %d", error);
		return 0;
	}
	for (;;) {
		eb_app_drain(&app, ecg_source_wait());
	}
}
