/*
 * Who wears the device: embeddings of the latest windows against the gallery, and enrolment of a new person.
 * Twin of packages/runtime/src/session/recognizer.ts; a claim (one to one) is the app's own.
 */
#ifndef EDGEBEAT_APP_RECOGNIZER_H
#define EDGEBEAT_APP_RECOGNIZER_H

#include "edgebeat/app/enrolment.h"
#include "edgebeat/app/identification.h"
#include "edgebeat/app/identity-model.h"
#include "edgebeat/identity-windows.h"

/* Most windows averaged for an answer. */
#ifndef EB_PROBE_WINDOWS
#define EB_PROBE_WINDOWS 8
#endif

#define EB_MOST_CANDIDATES 3

/* As packages/wire has them. */
typedef enum {
  /* The best template passes the threshold. */
  EB_ACCEPTED,
  /* Somebody was claimed, and the claim does not pass. */
  EB_REJECTED,
  /* Nobody who is enrolled passes. */
  EB_UNKNOWN,
  /* The window went into a template that is being made. */
  EB_ENROLLING,
  /* No electrode contact, or a signal too poor to say anything. */
  EB_UNDECIDED
} eb_identity_decision;

typedef struct {
  const char *subject;
  float score;
} eb_identity_candidate;

/* What it points to is good during the call that it is given to. */
typedef struct {
  eb_identity_decision decision;
  /* Who was accepted; who was claimed, when rejected; null otherwise. */
  const char *subject;
  /* Best score; of no meaning without candidates. */
  float score;
  /* Windows whose embeddings were averaged; 0 where none was looked at. */
  int32_t windows;
  /* The nearest ones, the nearest first; with a claim only who was claimed. */
  eb_identity_candidate candidates[EB_MOST_CANDIDATES];
  int32_t candidate_count;
  /* State EB_ENROLMENT_NONE where there is nothing to tell of one. */
  eb_enrolment_report enrolment;
} eb_identity_answer;

typedef struct {
  eb_threshold threshold;
  /* Windows whose embeddings are averaged for one answer, 1 to EB_PROBE_WINDOWS. */
  int32_t windows;
  /* Windows of a lower quality (0 to 1) are not looked at. */
  float lowest_quality;
  /* Enrol whoever wears the device as this person for as long as there is no such template; empty: nobody. */
  char auto_enrol[EB_SUBJECT_BYTES];
  eb_enrolment_goal auto_goal;
} eb_recognizer_options;

typedef struct {
  const eb_identity_model *model;
  void *model_memory;
  eb_recognizer_options options;
  eb_gallery gallery;
  eb_enrolment enrolment;
  /* Who the wearer is said to be; empty: nobody in particular. */
  char claim[EB_SUBJECT_BYTES];
  /* A ring of the latest embeddings. */
  float probes[EB_PROBE_WINDOWS][EB_EMBEDDING_LENGTH];
  int32_t probe_count;
  int32_t next_probe;
  float embedding[EB_EMBEDDING_LENGTH];
  eb_mean_direction pooled;
} eb_recognizer;

/* Nobody is enrolled. model and its memory stay with the recognizer. */
void eb_recognizer_init(eb_recognizer *state, const eb_identity_model *model, void *model_memory,
                        const eb_recognizer_options *options);

/* A stretch of signal with contact goes on at this time. */
void eb_recognizer_hear(eb_recognizer *state, uint64_t time_us);

/* From the next window on, collect for a template. An enrolment that is running is dropped. */
void eb_recognizer_enrol(eb_recognizer *state, const char *subject, eb_enrolment_goal goal, eb_identity_answer *answer);

/* Returns false, and no answer, when no enrolment was running. */
bool eb_recognizer_cancel(eb_recognizer *state, eb_identity_answer *answer);

/*
 * Signal is missing: windows before and after it are not averaged; missing for more than a second, an enrolment has failed.
 * Returns false, and no answer, where there is nothing to tell.
 */
bool eb_recognizer_interrupt(eb_recognizer *state, uint64_t missing_us, eb_identity_answer *answer);

/* Contact, or power, was lost: nobody is known to wear the device, and an enrolment that had begun has failed. */
void eb_recognizer_reset(eb_recognizer *state, eb_enrolment_failure why, eb_identity_answer *answer);

/* end_us: when the window ended. created_at_us: what a template made now is dated. */
void eb_recognizer_update(eb_recognizer *state, const eb_identity_window *window, uint64_t end_us, uint64_t created_at_us,
                          eb_identity_answer *answer);

#endif
