/* Records to the watch, and what they do. */
#include "edgebeat/app/link.h"

#include <string.h>

#include "link-events.h"
#include "little-endian.h"

#define FLAG_CLOCK_UNSYNCHRONISED 1U
#define FLAG_THRESHOLD 2U

void eb_link_init(eb_link *link, const eb_identity_model *model, void *model_memory, void *context,
                  void (*write)(void *context, const uint8_t *bytes, size_t length)) {
  memset(link, 0, sizeof *link);
  link->model = model;
  link->model_memory = model_memory;
  link->context = context;
  link->write = write;
}

/* The rest of a record as a person's name; what cannot be one becomes "", which nothing takes. */
static const char *rest_as_subject(eb_reader *from, char *subject) {
  eb_read_text(from, from->left, subject, EB_SUBJECT_BYTES);
  return subject;
}

static eb_enrolment_goal read_goal(eb_reader *from) {
  const uint32_t milliseconds = eb_read32(from);
  return (eb_enrolment_goal){milliseconds, (int32_t)eb_read(from, 2)};
}

static eb_app_status start(eb_link *link, eb_reader *from) {
  eb_app_config config = {0};
  config.rate_milli_hertz = eb_read32(from);
  config.scale_nanovolts = eb_read32(from);
  config.stream_id = eb_read32(from);
  config.start_time_us = eb_read(from, 8);
  config.frame_samples = (uint16_t)eb_read(from, 2);
  const uint32_t flags = (uint32_t)eb_read(from, 1);
  config.clock_unsynchronised = (flags & FLAG_CLOCK_UNSYNCHRONISED) != 0U;
  config.low_battery = (uint8_t)eb_read(from, 1);
  eb_recognizer_options *options = &config.recognizer;
  options->threshold = link->model->threshold;
  const eb_metric metric = eb_read(from, 1) == 0 ? EB_METRIC_COSINE : EB_METRIC_EUCLIDEAN;
  const int32_t windows = (int32_t)eb_read(from, 1);
  const float threshold = eb_read_float(from);
  if ((flags & FLAG_THRESHOLD) != 0U) options->threshold = (eb_threshold){metric, threshold};
  options->windows = windows > 0 || (flags & FLAG_THRESHOLD) == 0U ? windows : link->model->windows;
  options->lowest_quality = eb_read_float(from);
  options->auto_goal = read_goal(from);
  (void)rest_as_subject(from, options->auto_enrol);
  if (from->overrun) return EB_APP_BAD_VALUE;
  const eb_app_sink sink = eb_link_sink(link);
  link->started = eb_app_init(&link->app, &config, link->model, link->model_memory, &sink) == EB_APP_OK;
  if (!link->started) return EB_APP_BAD_CONFIG;
  eb_link_tell_started(link);
  return EB_APP_OK;
}

static eb_app_status take_samples(eb_app *app, eb_reader *from) {
  if (from->left % 2U != 0U) return EB_APP_BAD_VALUE;
  while (from->left > 0) {
    int16_t steps[32];
    size_t count = 0;
    for (; count < sizeof steps / sizeof steps[0] && from->left > 0; count++) {
      const int32_t value = (int32_t)eb_read(from, 2);
      steps[count] = (int16_t)(value >= 0x8000 ? value - 0x10000 : value);
    }
    eb_app_samples(app, steps, count);
  }
  return EB_APP_OK;
}

static eb_app_status save(eb_link *link) {
  uint8_t *payload = &link->out[EB_LINK_HEADER_BYTES];
  const size_t length = eb_app_save(&link->app, payload, EB_LINK_PAYLOAD_BYTES);
  if (length == 0) return EB_APP_NO_ROOM;
  eb_link_send(link, EB_LINK_SAVED, payload, length);
  return EB_APP_OK;
}

/* Records of one number or none. */
static eb_app_status carry_out_simple(eb_app *app, uint8_t type, eb_reader *from) {
  const uint32_t value = type == EB_LINK_GAP ? eb_read32(from) : 0U;
  const uint32_t small = type == EB_LINK_CONTACT || type == EB_LINK_BATTERY ? (uint32_t)eb_read(from, 1) : 0U;
  if (from->overrun || from->left > 0) return EB_APP_BAD_VALUE;
  switch (type) {
    case EB_LINK_CONTACT:
      eb_app_contact(app, small != 0U);
      return EB_APP_OK;
    case EB_LINK_GAP:
      eb_app_gap(app, value);
      return EB_APP_OK;
    case EB_LINK_BATTERY:
      return eb_app_battery(app, small);
    case EB_LINK_CANCEL:
      return eb_app_cancel_enrolment(app);
    case EB_LINK_STOP:
      eb_app_stop(app);
      return EB_APP_OK;
    default:
      return EB_APP_BAD_VALUE;
  }
}

static eb_app_status carry_out(eb_link *link, uint8_t type, eb_reader *from) {
  char subject[EB_SUBJECT_BYTES];
  eb_app *app = &link->app;
  if (type == EB_LINK_START) return start(link, from);
  if (!link->started) return EB_APP_NOT_RUNNING;
  switch (type) {
    case EB_LINK_SAMPLE_RECORD:
      return take_samples(app, from);
    case EB_LINK_ENROL: {
      const eb_enrolment_goal goal = read_goal(from);
      return eb_app_enrol(app, rest_as_subject(from, subject), goal);
    }
    case EB_LINK_FORGET:
      return eb_app_forget(app, rest_as_subject(from, subject));
    case EB_LINK_CLAIM:
      return eb_app_claim(app, from->left == 0 ? NULL : rest_as_subject(from, subject));
    case EB_LINK_SAVE:
      return save(link);
    case EB_LINK_LOAD:
      return eb_app_load(app, from->bytes, from->left);
    default:
      return carry_out_simple(app, type, from);
  }
}

static size_t payload_length(const eb_link *link) {
  return link->held < EB_LINK_HEADER_BYTES ? 0 : (size_t)(link->record[1] | (uint32_t)link->record[2] << 8);
}

/* A whole record is there. Returns whether it was a stop that was obeyed. */
static bool handle(eb_link *link) {
  const uint8_t type = link->record[0];
  const size_t length = payload_length(link);
  eb_app_status status = EB_APP_NO_ROOM;
  if (length <= EB_LINK_PAYLOAD_BYTES) {
    eb_reader from = {&link->record[EB_LINK_HEADER_BYTES], length, false};
    status = carry_out(link, type, &from);
  }
  const uint8_t done[2] = {type, (uint8_t)status};
  eb_link_send(link, EB_LINK_DONE, done, sizeof done);
  return type == EB_LINK_STOP && status == EB_APP_OK;
}

bool eb_link_receive(eb_link *link, const uint8_t *bytes, size_t length) {
  bool stopped = false;
  for (size_t i = 0; i < length; i++) {
    if (link->held < sizeof link->record) link->record[link->held] = bytes[i];
    link->held++;
    if (link->held < EB_LINK_HEADER_BYTES + payload_length(link) || link->held < EB_LINK_HEADER_BYTES) continue;
    stopped = handle(link) || stopped;
    link->held = 0;
  }
  return stopped;
}

void eb_link_send(eb_link *link, uint8_t type, const uint8_t *payload, size_t length) {
  if (length > EB_LINK_PAYLOAD_BYTES) return;
  link->out[0] = type;
  link->out[1] = (uint8_t)(length & 0xFFU);
  link->out[2] = (uint8_t)(length >> 8);
  if (length > 0) memmove(&link->out[EB_LINK_HEADER_BYTES], payload, length);
  link->write(link->context, link->out, EB_LINK_HEADER_BYTES + length);
}
