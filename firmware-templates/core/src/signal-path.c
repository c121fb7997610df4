/* The whole signal path of one stream. */
#include "edgebeat/signal-path.h"

#include <string.h>

#include "edgebeat/constants.h"
#include "edgebeat/replacement.h"

/* How long a peak may wait to be judged (400 ms). */
#define FLUSH_LENGTH 100

bool eb_signal_path_init(eb_signal_path *path, uint32_t milli_hertz, eb_identity_windows *identity,
                         eb_activity_windows *activity, const eb_signal_path_sink *sink) {
  memset(path, 0, sizeof *path);
  if (!eb_resampler_init(&path->resampler, milli_hertz)) return false;
  eb_ecg_band_init(&path->band);
  eb_r_peak_detector_init(&path->detector);
  eb_beat_cutter_init(&path->cutter);
  eb_beat_quality_init(&path->beat_quality);
  eb_window_quality_init(&path->window_quality);
  path->sink = *sink;
  path->identity = identity;
  path->activity = activity;
  path->previous_peak = -1;
  return true;
}

/* The oldest pending peak can be judged. */
static void report(eb_signal_path *path, int32_t now) {
  const int32_t r_peak = path->pending[0];
  path->pending_count--;
  memmove(path->pending, &path->pending[1], (size_t)path->pending_count * sizeof path->pending[0]);
  const eb_beat beat = {
      .r_peak = r_peak > EB_ECG_BAND_DELAY ? r_peak - EB_ECG_BAND_DELAY : 0,
      .reported_at = now,
      .rr = path->previous_peak < 0 ? 0 : r_peak - path->previous_peak,
      .quality = eb_beat_quality_rate(&path->beat_quality, r_peak, path->previous_peak),
  };
  path->previous_peak = r_peak;
  eb_window_quality_beat(&path->window_quality, beat.quality);
  if (path->sink.beat != NULL) path->sink.beat(path->sink.context, &beat);
  if (path->identity != NULL && path->quality_count < EB_QUEUE_SIZE) {
    path->qualities[path->quality_count++] = beat.quality;
    eb_beat_cutter_expect(&path->cutter, r_peak);
  }
}

/* The cutter gave a beat. */
static void cut(eb_signal_path *path) {
  const float quality = path->qualities[0];
  path->quality_count--;
  memmove(path->qualities, &path->qualities[1], (size_t)path->quality_count * sizeof path->qualities[0]);
  if (path->cutter.incomplete) {
    eb_identity_windows_clear(path->identity);
    return;
  }
  eb_identity_window window;
  const int32_t r_peak = path->cutter.r_peak - EB_ECG_BAND_DELAY;
  if (!eb_identity_windows_update(path->identity, path->beat, r_peak, quality, &window)) return;
  if (path->sink.identity_window != NULL) path->sink.identity_window(path->sink.context, &window);
}

/* What flush does, too: finds and judges peaks. */
static void detect(eb_signal_path *path, float value, int32_t now, int32_t end) {
  const int32_t found = eb_r_peak_detector_update(&path->detector, value);
  if (found >= 0 && found < end && path->pending_count < EB_PENDING_PEAKS) path->pending[path->pending_count++] = found;
  while (path->pending_count > 0 && now - path->pending[0] >= EB_COMPLEX_REACH) report(path, now);
}

/* One sample at 250 Hz. */
static void process(eb_signal_path *path, float sample, bool valid) {
  const int32_t now = path->count++;
  path->last_resampled = sample;
  const float value = eb_ecg_band_update(&path->band, sample);
  eb_beat_quality_put(&path->beat_quality, value);
  eb_beat_cutter_put(&path->cutter, value);
  detect(path, value, now, path->count);
  while (eb_beat_cutter_take(&path->cutter, path->beat)) cut(path);
  eb_activity_window window;
  if (path->activity != NULL && eb_activity_windows_update(path->activity, value, now, &window) &&
      path->sink.activity_window != NULL)
    path->sink.activity_window(path->sink.context, &window);
  eb_signal_quality quality;
  if (eb_window_quality_update(&path->window_quality, sample, valid, now, &quality) && path->sink.quality != NULL)
    path->sink.quality(path->sink.context, &quality);
}

void eb_signal_path_update(eb_signal_path *path, float sample) {
  float resampled[EB_RESAMPLER_OUTPUTS];
  const bool valid = eb_is_plausible(sample);
  path->last_valid = eb_replacement_of(sample, path->last_valid);
  const int32_t outputs = eb_resampler_update(&path->resampler, path->last_valid, resampled);
  for (int32_t i = 0; i < outputs; i++) process(path, resampled[i], valid);
}

void eb_signal_path_update_all(eb_signal_path *path, const float *samples, size_t count) {
  for (size_t i = 0; i < count; i++) eb_signal_path_update(path, samples[i]);
}

void eb_signal_path_flush(eb_signal_path *path) {
  const int32_t end = path->count;
  for (int32_t i = 0; i < FLUSH_LENGTH; i++) {
    /* As if the last value had stood. */
    const float value = eb_ecg_band_update(&path->band, path->last_resampled);
    eb_beat_quality_put(&path->beat_quality, value);
    detect(path, value, path->count, end);
    path->count++;
  }
  path->count = end;
}
