/* One enrolment from a live stream. */
#include "edgebeat/app/enrolment.h"

#include <string.h>

void eb_enrolment_start(eb_enrolment *state, const char *subject, eb_enrolment_goal goal, int32_t length) {
  memset(state, 0, sizeof *state);
  memcpy(state->subject, subject, strlen(subject) + 1);
  state->goal = goal;
  state->running = true;
  (void)eb_mean_direction_init(&state->windows, length);
}

void eb_enrolment_begin(eb_enrolment *state, uint64_t time_us) {
  if (!state->begun) state->start_us = time_us;
  state->begun = true;
}

void eb_enrolment_add(eb_enrolment *state, const float *embedding, uint64_t end_us) {
  eb_enrolment_begin(state, end_us);
  state->elapsed_us = end_us > state->start_us ? end_us - state->start_us : 0;
  if (embedding == NULL || !eb_mean_direction_add(&state->windows, embedding)) state->refused++;
}

bool eb_enrolment_is_complete(const eb_enrolment *state) {
  return state->elapsed_us >= (uint64_t)state->goal.milliseconds * 1000U && state->windows.count >= state->goal.windows;
}

bool eb_enrolment_is_hopeless(const eb_enrolment *state) {
  const uint64_t longest_us = (uint64_t)state->goal.milliseconds * 1000U * EB_ENROLMENT_PATIENCE;
  return longest_us > 0 && state->elapsed_us >= longest_us && !eb_enrolment_is_complete(state);
}

eb_enrolment_report eb_enrolment_report_of(const eb_enrolment *state, eb_enrolment_state how, eb_enrolment_failure why) {
  return (eb_enrolment_report){
      .state = how,
      .failure = why,
      .subject = state->subject,
      .goal = state->goal,
      .elapsed_us = state->elapsed_us,
      .windows = state->windows.count,
      .refused = state->refused,
  };
}
