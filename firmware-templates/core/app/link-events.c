/* Answers of the app as records. They are written where they are sent from; eb_link_send sees that the payload is in place. */
#include "link-events.h"

#include <string.h>

#include "little-endian.h"

/* The longest answer of all: names in it, and what else has a fixed length. */
#define NAMES (2U + EB_MOST_CANDIDATES)
_Static_assert(64U + NAMES * (EB_SUBJECT_BYTES + 4U) <= EB_LINK_PAYLOAD_BYTES, "an answer fits into a record");

static eb_writer begin(eb_link *link) { return (eb_writer){&link->out[EB_LINK_HEADER_BYTES], 0}; }

static void send(eb_link *link, uint8_t type, const eb_writer *payload) {
  eb_link_send(link, type, payload->bytes, payload->length);
}

static void on_state(void *context, eb_app_state state) {
  eb_writer to = begin(context);
  eb_write(&to, state, 1);
  send(context, EB_LINK_STATE, &to);
}

static void on_beat(void *context, uint32_t sequence, const eb_app_beat *beat) {
  eb_writer to = begin(context);
  eb_write(&to, sequence, 4);
  eb_write(&to, beat->time_us, 8);
  eb_write(&to, beat->sample_index, 8);
  eb_write(&to, (uint64_t)beat->rr, 4);
  eb_write_float(&to, beat->heart_rate);
  eb_write_float(&to, beat->quality);
  send(context, EB_LINK_BEAT, &to);
}

static void write_enrolment(eb_writer *to, const eb_enrolment_report *report) {
  eb_write(to, report->state, 1);
  eb_write(to, report->failure, 1);
  eb_write(to, report->goal.milliseconds, 4);
  eb_write(to, (uint64_t)report->goal.windows, 2);
  eb_write(to, report->elapsed_us, 8);
  eb_write(to, (uint64_t)report->windows, 2);
  eb_write(to, (uint64_t)report->refused, 2);
  eb_write_text(to, report->subject);
}

static void on_identity(void *context, uint32_t sequence, uint64_t time_us, const eb_identity_answer *answer) {
  eb_writer to = begin(context);
  eb_write(&to, sequence, 4);
  eb_write(&to, time_us, 8);
  eb_write(&to, answer->decision, 1);
  eb_write(&to, (uint64_t)answer->windows, 2);
  eb_write_float(&to, answer->score);
  eb_write_text(&to, answer->subject);
  eb_write(&to, (uint64_t)answer->candidate_count, 1);
  for (int32_t i = 0; i < answer->candidate_count; i++) {
    eb_write_text(&to, answer->candidates[i].subject);
    eb_write_float(&to, answer->candidates[i].score);
  }
  write_enrolment(&to, &answer->enrolment);
  send(context, EB_LINK_IDENTITY, &to);
}

static void on_quality(void *context, uint32_t sequence, const eb_app_quality *quality) {
  eb_writer to = begin(context);
  eb_write(&to, sequence, 4);
  eb_write(&to, quality->time_us, 8);
  eb_write_float(&to, quality->sqi);
  eb_write(&to, quality->reasons, 4);
  send(context, EB_LINK_QUALITY, &to);
}

static void on_frame(void *context, const uint8_t *bytes, size_t length) {
  eb_link_send(context, EB_LINK_FRAME, bytes, length);
}

eb_app_sink eb_link_sink(eb_link *link) {
  return (eb_app_sink){.context = link,
                       .state = on_state,
                       .beat = on_beat,
                       .identity = on_identity,
                       .quality = on_quality,
                       .frame = on_frame};
}

void eb_link_tell_started(eb_link *link) {
  const eb_recognizer *recognizer = &link->app.recognizer;
  const size_t name_length = strlen(link->model->name);
  eb_writer to = begin(link);
  eb_write(&to, (uint64_t)link->model->embedding_length, 2);
  eb_write(&to, (uint64_t)recognizer->options.windows, 2);
  eb_write_float(&to, recognizer->options.threshold.value);
  eb_write(&to, recognizer->options.threshold.metric, 1);
  eb_write_bytes(&to, link->model->sha256, EB_SHA256_BYTES);
  eb_write(&to, sizeof(eb_app), 4);
  eb_write(&to, link->model->memory_bytes, 4);
  eb_write_bytes(&to, link->model->name, name_length < 128U ? name_length : 128U);
  send(link, EB_LINK_STARTED, &to);
}
