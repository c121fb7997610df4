/* The whole watch: how samples flow, and what begins and ends a stretch of signal. */
#include "edgebeat/app/app.h"

#include <string.h>

#include "app-answers.h"

#define SECOND_US 1000000U
/* Positions of a signal path are 32-bit integers: after 49 days without a gap it begins anew. */
#define LONGEST_STRETCH (INT32_C(1) << 30)
/* A battery that was low is well again so many percent above. */
#define BATTERY_MARGIN 5U

static bool is_usable(const eb_recognizer_options *options, const eb_identity_model *model) {
  const bool has_goal = options->auto_enrol[0] == '\0' || (eb_is_subject(options->auto_enrol) && options->auto_goal.windows >= 1);
  return model->embedding_length >= 1 && model->embedding_length <= EB_EMBEDDING_LENGTH && options->windows >= 1 &&
         options->windows <= EB_PROBE_WINDOWS && options->threshold.value == options->threshold.value && has_goal;
}

eb_app_status eb_app_init(eb_app *app, const eb_app_config *config, const eb_identity_model *model, void *model_memory,
                          const eb_app_sink *sink) {
  memset(app, 0, sizeof *app);
  app->config = *config;
  app->sink = *sink;
  eb_recognizer_options *options = &app->config.recognizer;
  if (options->windows == 0) {
    options->threshold = model->threshold;
    options->windows = model->windows;
  }
  options->auto_enrol[EB_SUBJECT_BYTES - 1] = '\0';
  eb_signal_path_sink none = {0};
  app->ready = is_usable(options, model) &&
               eb_frame_writer_init(&app->writer, config->stream_id, config->rate_milli_hertz, config->scale_nanovolts,
                                    config->frame_samples) &&
               eb_signal_path_init(&app->path, config->rate_milli_hertz, NULL, NULL, &none);
  if (!app->ready) return EB_APP_BAD_CONFIG;
  app->millivolts_per_step = eb_frame_millivolts_per_step(&app->writer.frame);
  eb_recognizer_init(&app->recognizer, model, model_memory, options);
  if (app->sink.state != NULL) app->sink.state(app->sink.context, app->state);
  return EB_APP_OK;
}

static void begin_stretch(eb_app *app) {
  const eb_signal_path_sink sink = eb_app_path_sink(app);
  eb_identity_windows_init(&app->windows, app->recognizer.model->normalization, 1);
  (void)eb_signal_path_init(&app->path, app->config.rate_milli_hertz, &app->windows, NULL, &sink);
  app->stretch_start = app->samples;
  app->in_stretch = true;
}

static void end_stretch(eb_app *app) {
  if (app->in_stretch) {
    eb_signal_path_flush(&app->path);
    app->path_samples_before += (uint64_t)app->path.count;
  }
  app->in_stretch = false;
  eb_heart_rate_init(&app->heart_rate);
}

/* Samples of the converter, counted in those of the signal path. */
static uint64_t path_samples(const eb_app *app, uint64_t count) {
  const uint64_t milli_hertz = app->config.rate_milli_hertz;
  return (count * EB_OUTPUT_MILLI_HERTZ + milli_hertz / 2U) / milli_hertz;
}

static void send_frame(eb_app *app) {
  if (eb_frame_writer_is_empty(&app->writer)) return;
  if (app->lead_off) app->path_samples_before += path_samples(app, app->writer.frame.count);
  const size_t length = eb_frame_writer_end(&app->writer);
  if (app->sink.frame != NULL) app->sink.frame(app->sink.context, app->writer.bytes, length);
}

/* A gap was before the frame that begins. */
static void close_gap(eb_app *app, uint64_t now_us) {
  const uint64_t missing_us = eb_app_time_us(app, app->missing) - eb_app_time_us(app, 0);
  end_stretch(app);
  eb_identity_answer answer;
  if (eb_recognizer_interrupt(&app->recognizer, missing_us, &answer)) eb_app_answer(app, now_us, &answer);
  app->path_samples_before += path_samples(app, app->missing);
  app->missing = 0;
}

/* A frame without contact begins. */
static void begin_lead_off(eb_app *app, uint64_t now_us) {
  end_stretch(app);
  if (!app->lead_off_reported) {
    eb_identity_answer answer;
    eb_recognizer_reset(&app->recognizer, EB_FAILURE_CONTACT_LOST, &answer);
    eb_app_answer(app, now_us, &answer);
  }
  if (app->lead_off_reported && now_us - app->lead_off_report_us < SECOND_US) return;
  app->lead_off_reported = true;
  app->lead_off_report_us = now_us;
  eb_app_tell_quality(app, &(eb_app_quality){.time_us = now_us, .sqi = 0.0f, .reasons = EB_REASON_LEAD_OFF});
}

static void begin_frame(eb_app *app) {
  const uint64_t now_us = eb_app_time_us(app, app->samples);
  const uint32_t clock = app->config.clock_unsynchronised ? EB_FLAG_CLOCK_UNSYNCHRONISED : 0U;
  eb_frame_writer_begin(&app->writer, now_us, (uint8_t)(clock | (app->lead_off ? EB_FLAG_LEAD_OFF : 0U)));
  if (app->missing > 0) close_gap(app, now_us);
  if (app->lead_off) {
    begin_lead_off(app, now_us);
  } else {
    app->lead_off_reported = false;
    eb_recognizer_hear(&app->recognizer, now_us);
    if (app->in_stretch && app->path.count > LONGEST_STRETCH) end_stretch(app);
    if (!app->in_stretch) begin_stretch(app);
  }
  app->heard = true;
  eb_app_tell_state(app);
}

static void take(eb_app *app, int16_t step) {
  if (app->battery_is_low) {
    app->samples++;
    app->missing++;
    return;
  }
  if (eb_frame_writer_is_empty(&app->writer)) begin_frame(app);
  const bool is_full = eb_frame_writer_put(&app->writer, step);
  app->samples++;
  if (!app->lead_off) eb_signal_path_update(&app->path, (float)step * app->millivolts_per_step);
  if (is_full) send_frame(app);
}

void eb_app_samples(eb_app *app, const int16_t *steps, size_t count) {
  if (!app->ready) return;
  for (size_t i = 0; i < count; i++) take(app, steps[i]);
}

void eb_app_drain(eb_app *app, eb_sample_fifo *fifo) {
  int16_t steps[32];
  for (size_t taken = sizeof steps / sizeof steps[0]; taken == sizeof steps / sizeof steps[0];) {
    taken = eb_sample_fifo_pop(fifo, steps, sizeof steps / sizeof steps[0]);
    eb_app_samples(app, steps, taken);
  }
  const uint32_t dropped = eb_sample_fifo_dropped(fifo);
  if (dropped != app->dropped) eb_app_gap(app, dropped - app->dropped);
  app->dropped = dropped;
}

void eb_app_contact(eb_app *app, bool has_contact) {
  if (!app->ready || app->lead_off == !has_contact) return;
  send_frame(app);
  app->lead_off = !has_contact;
}

void eb_app_gap(eb_app *app, uint32_t samples) {
  if (!app->ready || samples == 0) return;
  send_frame(app);
  app->samples += samples;
  app->missing += samples;
}

/* Nothing is looked at any more. */
static void rest(eb_app *app) {
  send_frame(app);
  end_stretch(app);
  eb_identity_answer answer;
  eb_recognizer_reset(&app->recognizer, EB_FAILURE_LOW_BATTERY, &answer);
  eb_app_answer(app, eb_app_time_us(app, app->samples), &answer);
}

eb_app_status eb_app_battery(eb_app *app, uint32_t percent) {
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (percent > 100U) return EB_APP_BAD_VALUE;
  const uint32_t low = app->config.low_battery;
  const bool was_low = app->battery_is_low;
  app->battery_is_low = low > 0U && percent <= low + (was_low ? BATTERY_MARGIN - 1U : 0U);
  if (app->battery_is_low && !was_low) rest(app);
  eb_app_tell_state(app);
  return EB_APP_OK;
}

void eb_app_stop(eb_app *app) {
  if (!app->ready) return;
  send_frame(app);
  end_stretch(app);
}
