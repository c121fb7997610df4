/* What the app tells: results of the signal path in the time of the stream, the wearer, and its state. */
#include "app-answers.h"

/* Of a sample at 250 Hz. */
#define PATH_SAMPLE_US 4000

uint64_t eb_app_time_us(const eb_app *app, uint64_t sample) {
  const uint64_t milli_hertz = app->config.rate_milli_hertz;
  const uint64_t thousand_seconds = sample / milli_hertz;
  const uint64_t rest = sample % milli_hertz;
  return app->config.start_time_us + thousand_seconds * 1000000000U + (rest * 1000000000U + milli_hertz / 2U) / milli_hertz;
}

/*
 * When a position of the signal path was, as whoever has the frames can tell it: counted from the first sample of the frame that it lies
 * in. All frames of a stretch but its last one are full.
 */
static uint64_t path_time_us(const eb_app *app, int32_t position) {
  const uint64_t milli_hertz = app->config.rate_milli_hertz;
  const uint64_t full_frame = (uint64_t)app->writer.full * EB_OUTPUT_MILLI_HERTZ;
  const uint64_t place = (uint64_t)position * milli_hertz;
  const uint64_t frames = place / full_frame;
  const uint64_t within_us = ((place - frames * full_frame) * PATH_SAMPLE_US + milli_hertz / 2U) / milli_hertz;
  return eb_app_time_us(app, app->stretch_start + frames * app->writer.full) + within_us;
}

void eb_app_answer(eb_app *app, uint64_t time_us, const eb_identity_answer *answer) {
  if (app->sink.identity != NULL) app->sink.identity(app->sink.context, app->writer.frame.sequence, time_us, answer);
  eb_app_tell_state(app);
}

void eb_app_tell_quality(eb_app *app, const eb_app_quality *quality) {
  if (app->sink.quality != NULL) app->sink.quality(app->sink.context, app->writer.frame.sequence, quality);
}

static eb_app_state state_of(const eb_app *app) {
  if (app->battery_is_low) return EB_STATE_LOW_BATTERY;
  if (!app->heard) return EB_STATE_BOOT;
  if (app->lead_off) return EB_STATE_LEAD_OFF;
  return app->recognizer.enrolment.running ? EB_STATE_ENROL : EB_STATE_VERIFY;
}

void eb_app_tell_state(eb_app *app) {
  const eb_app_state state = state_of(app);
  if (state == app->state) return;
  app->state = state;
  if (app->sink.state != NULL) app->sink.state(app->sink.context, state);
}

static void on_beat(void *context, const eb_beat *beat) {
  eb_app *app = context;
  const eb_app_beat told = {
      .time_us = path_time_us(app, beat->r_peak),
      .sample_index = app->path_samples_before + (uint64_t)beat->r_peak,
      .rr = beat->rr,
      .heart_rate = eb_heart_rate_update(&app->heart_rate, beat->rr),
      .quality = beat->quality,
  };
  if (app->sink.beat != NULL) app->sink.beat(app->sink.context, app->writer.frame.sequence, &told);
}

static void on_identity_window(void *context, const eb_identity_window *window) {
  eb_app *app = context;
  const int32_t end = window->r_peaks[EB_BEATS_PER_WINDOW - 1] + EB_BEAT_LENGTH - EB_BEAT_LEAD;
  const uint64_t end_us = path_time_us(app, end);
  eb_identity_answer answer;
  eb_recognizer_update(&app->recognizer, window, end_us, app->config.clock_unsynchronised ? 0U : end_us, &answer);
  eb_app_answer(app, end_us, &answer);
}

static void on_quality(void *context, const eb_signal_quality *quality) {
  eb_app *app = context;
  eb_app_tell_quality(app, &(eb_app_quality){path_time_us(app, quality->end), quality->sqi, quality->reasons});
}

eb_signal_path_sink eb_app_path_sink(eb_app *app) {
  return (eb_signal_path_sink){
      .context = app, .beat = on_beat, .identity_window = on_identity_window, .quality = on_quality};
}
