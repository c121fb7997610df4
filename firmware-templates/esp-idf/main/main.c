/*
 * A watch: samples of the (simulated) electrode go into the firmware's app, and what it finds goes to the log. Put the reading of your
 * converter in the place of eb_simulated_ecg_next.
 */
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "esp_log.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "answer-names.h"
#include "edgebeat/app/app.h"
#include "network.h"
#include "simulated-ecg.h"

#define SAMPLES_PER_SECOND 250
#define NANOVOLTS_PER_STEP 1000U
/* The main task is woken for so many samples at once. */
#define BATCH 25

static const char *const tag = "edgebeat";

static eb_app app;
static eb_sample_fifo fifo;
static eb_simulated_ecg ecg = {.frequency = SAMPLES_PER_SECOND, .heart_rate = 72, .noise_microvolts = 20};

/* In the timer's task. */
static void on_sample(void *main_task) {
  static uint32_t waiting;
  (void)eb_sample_fifo_push(&fifo, (int16_t)eb_simulated_ecg_next(&ecg));
  waiting++;
  if (waiting >= BATCH) {
    waiting = 0;
    xTaskNotifyGive((TaskHandle_t)main_task);
  }
}

static void on_state(void *context, eb_app_state state) {
  (void)context;
  ESP_LOGI(tag, "state %s", eb_state_name(state));
}

static void on_beat(void *context, uint32_t sequence, const eb_app_beat *beat) {
  (void)context;
  (void)sequence;
  ESP_LOGI(tag, "beat at sample %" PRIu64 ", %d a minute", beat->sample_index, (int)(beat->heart_rate + 0.5f));
}

static void on_identity(void *context, uint32_t sequence, uint64_t time_us, const eb_identity_answer *answer) {
  (void)context;
  (void)sequence;
  (void)time_us;
  ESP_LOGI(tag, "%s %s, score %d / 1000", eb_decision_name(answer->decision), answer->subject ? answer->subject : "-",
           eb_score_permille(answer));
}

void app_main(void);

void app_main(void) {
  eb_app_config config = {
      .rate_milli_hertz = SAMPLES_PER_SECOND * 1000U,
      .scale_nanovolts = NANOVOLTS_PER_STEP,
      .frame_samples = SAMPLES_PER_SECOND / 5,
      .stream_id = esp_random(),
      .clock_unsynchronised = true,
      .recognizer.auto_goal = {.milliseconds = CONFIG_EDGEBEAT_ENROL_SECONDS * 1000U, .windows = 4},
  };
  const eb_app_sink sink = {.state = on_state, .beat = on_beat, .identity = on_identity};
  strncpy(config.recognizer.auto_enrol, CONFIG_EDGEBEAT_SUBJECT, sizeof config.recognizer.auto_enrol - 1);
  if (eb_app_init(&app, &config, network_model(), network_memory(), &sink) != EB_APP_OK) {
    ESP_LOGE(tag, "the app does not take its settings");
    return;
  }
  ESP_LOGI(tag, "network %s, embedding of %d", network_model()->name, (int)network_model()->embedding_length);

  eb_sample_fifo_init(&fifo);
  const esp_timer_create_args_t timer_args = {
      .callback = on_sample, .arg = xTaskGetCurrentTaskHandle(), .name = "electrode"};
  esp_timer_handle_t timer;
  ESP_ERROR_CHECK(esp_timer_create(&timer_args, &timer));
  ESP_ERROR_CHECK(esp_timer_start_periodic(timer, 1000000 / SAMPLES_PER_SECOND));
  for (;;) {
    (void)ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    eb_app_drain(&app, &fifo);
  }
}
