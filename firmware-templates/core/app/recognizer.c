/* Who wears the device. */
#include "edgebeat/app/recognizer.h"

#include <string.h>

#include "edgebeat/verification.h"

/* Nobody hands a device over within a second. */
#define LONGEST_BREAK_US 1000000U

void eb_recognizer_init(eb_recognizer *state, const eb_identity_model *model, void *model_memory,
                        const eb_recognizer_options *options) {
  memset(state, 0, sizeof *state);
  state->model = model;
  state->model_memory = model_memory;
  state->options = *options;
}

static void forget_probes(eb_recognizer *state) {
  state->probe_count = 0;
  state->next_probe = 0;
}

static eb_identity_answer answer_of(eb_identity_decision decision) { return (eb_identity_answer){.decision = decision}; }

/* Ends the enrolment where it runs; the answer tells of it. */
static void end_enrolment(eb_recognizer *state, eb_enrolment_state how, eb_enrolment_failure why,
                          eb_identity_answer *answer) {
  *answer = answer_of(how == EB_ENROLMENT_DONE ? EB_ENROLLING : EB_UNDECIDED);
  answer->enrolment = eb_enrolment_report_of(&state->enrolment, how, why);
  state->enrolment.running = false;
}

static void tell_progress(const eb_recognizer *state, eb_identity_answer *answer) {
  *answer = answer_of(EB_ENROLLING);
  answer->enrolment = eb_enrolment_report_of(&state->enrolment, EB_ENROLMENT_RUNNING, EB_FAILURE_NONE);
}

void eb_recognizer_hear(eb_recognizer *state, uint64_t time_us) {
  const char *wearer = state->options.auto_enrol;
  if (wearer[0] != '\0' && !state->enrolment.running && eb_gallery_find(&state->gallery, wearer) < 0)
    eb_enrolment_start(&state->enrolment, wearer, state->options.auto_goal, state->model->embedding_length);
  if (state->enrolment.running) eb_enrolment_begin(&state->enrolment, time_us);
}

void eb_recognizer_enrol(eb_recognizer *state, const char *subject, eb_enrolment_goal goal, eb_identity_answer *answer) {
  eb_enrolment_start(&state->enrolment, subject, goal, state->model->embedding_length);
  tell_progress(state, answer);
}

bool eb_recognizer_cancel(eb_recognizer *state, eb_identity_answer *answer) {
  if (!state->enrolment.running) return false;
  end_enrolment(state, EB_ENROLMENT_CANCELLED, EB_FAILURE_NONE, answer);
  return true;
}

bool eb_recognizer_interrupt(eb_recognizer *state, uint64_t missing_us, eb_identity_answer *answer) {
  forget_probes(state);
  if (missing_us <= LONGEST_BREAK_US || !state->enrolment.running || !state->enrolment.begun) return false;
  end_enrolment(state, EB_ENROLMENT_FAILED, EB_FAILURE_INTERRUPTED, answer);
  return true;
}

void eb_recognizer_reset(eb_recognizer *state, eb_enrolment_failure why, eb_identity_answer *answer) {
  forget_probes(state);
  if (state->enrolment.running && state->enrolment.begun) end_enrolment(state, EB_ENROLMENT_FAILED, why, answer);
  else *answer = answer_of(EB_UNDECIDED);
}

/* A template of what was collected. Returns false where embeddings cancel out, or the gallery is full. */
static bool put_template(eb_recognizer *state, uint64_t created_at_us) {
  eb_gallery_entry entry = {.created_at_us = created_at_us};
  memcpy(entry.subject, state->enrolment.subject, sizeof entry.subject);
  return eb_enrol(&state->enrolment.windows, &entry.made) && eb_gallery_put(&state->gallery, &entry);
}

static void enrol(eb_recognizer *state, const float *embedding, uint64_t end_us, uint64_t created_at_us,
                  eb_identity_answer *answer) {
  eb_enrolment_add(&state->enrolment, embedding, end_us);
  if (eb_enrolment_is_complete(&state->enrolment)) {
    forget_probes(state);
    if (put_template(state, created_at_us)) end_enrolment(state, EB_ENROLMENT_DONE, EB_FAILURE_NONE, answer);
    else end_enrolment(state, EB_ENROLMENT_FAILED, EB_FAILURE_NO_TEMPLATE, answer);
  } else if (eb_enrolment_is_hopeless(&state->enrolment)) {
    end_enrolment(state, EB_ENROLMENT_FAILED, EB_FAILURE_TOO_FEW_WINDOWS, answer);
  } else {
    tell_progress(state, answer);
  }
}

/* Keeps an embedding as the newest probe. */
static void add_probe(eb_recognizer *state, const float *embedding) {
  const size_t bytes = (size_t)state->model->embedding_length * sizeof(float);
  memcpy(state->probes[state->next_probe], embedding, bytes);
  state->next_probe = (state->next_probe + 1) % state->options.windows;
  if (state->probe_count < state->options.windows) state->probe_count++;
}

/* The mean of the probes, summed from the oldest to the newest. */
static void pool_probes(eb_recognizer *state) {
  (void)eb_mean_direction_init(&state->pooled, state->model->embedding_length);
  const int32_t oldest = state->next_probe + state->options.windows - state->probe_count;
  for (int32_t i = 0; i < state->probe_count; i++)
    (void)eb_mean_direction_add(&state->pooled, state->probes[(oldest + i) % state->options.windows]);
}

/* One to one. */
static bool answer_claim(const eb_recognizer *state, int32_t claimed, eb_identity_answer *answer) {
  const eb_gallery_entry *entry = &state->gallery.entries[claimed];
  eb_verification decision;
  if (!eb_verify(&entry->made, &state->pooled, &state->options.threshold, &decision)) return false;
  *answer = answer_of(decision.accepted ? EB_ACCEPTED : EB_REJECTED);
  answer->subject = entry->subject;
  answer->score = decision.value;
  answer->candidates[0] = (eb_identity_candidate){entry->subject, decision.value};
  answer->candidate_count = 1;
  return true;
}

/* One to many. */
static bool answer_anybody(const eb_recognizer *state, eb_identity_answer *answer) {
  eb_identification decision;
  if (!eb_identify(&state->gallery, &state->pooled, &state->options.threshold, &decision)) return false;
  *answer = answer_of(decision.accepted ? EB_ACCEPTED : EB_UNKNOWN);
  for (int32_t i = 0; i < decision.count && i < EB_MOST_CANDIDATES; i++) {
    const eb_ranked *ranked = &decision.ranking[i];
    answer->candidates[i] = (eb_identity_candidate){state->gallery.entries[ranked->entry].subject, ranked->value};
    answer->candidate_count++;
  }
  if (decision.count > 0) answer->score = decision.ranking[0].value;
  if (decision.accepted) answer->subject = answer->candidates[0].subject;
  return true;
}

void eb_recognizer_update(eb_recognizer *state, const eb_identity_window *window, uint64_t end_us, uint64_t created_at_us,
                          eb_identity_answer *answer) {
  const float *embedding = NULL;
  if (window->quality >= state->options.lowest_quality) {
    state->model->embed(state->model_memory, window->samples, state->embedding);
    float unit[EB_EMBEDDING_LENGTH];
    if (eb_normalise(state->embedding, unit, state->model->embedding_length)) embedding = state->embedding;
  }
  if (state->enrolment.running) {
    enrol(state, embedding, end_us, created_at_us, answer);
    return;
  }
  *answer = answer_of(EB_UNDECIDED);
  if (embedding == NULL) return;
  add_probe(state, embedding);
  pool_probes(state);
  const int32_t claimed = state->claim[0] == '\0' ? -1 : eb_gallery_find(&state->gallery, state->claim);
  const bool decided = claimed >= 0 ? answer_claim(state, claimed, answer) : answer_anybody(state, answer);
  if (decided) answer->windows = state->probe_count;
}
