/* One enrolment from a live stream. Twin of packages/runtime/src/session/enrolment.ts. */
#ifndef EDGEBEAT_APP_ENROLMENT_H
#define EDGEBEAT_APP_ENROLMENT_H

#include "edgebeat/app/gallery.h"

/* Given up when so many times the stated time did not bring enough windows. */
#define EB_ENROLMENT_PATIENCE 3U

typedef enum {
  EB_ENROLMENT_NONE,
  EB_ENROLMENT_RUNNING,
  EB_ENROLMENT_DONE,
  EB_ENROLMENT_CANCELLED,
  EB_ENROLMENT_FAILED
} eb_enrolment_state;

/* Why an enrolment failed. */
typedef enum {
  EB_FAILURE_NONE,
  EB_FAILURE_CONTACT_LOST,
  /* The stream was interrupted for more than a second. */
  EB_FAILURE_INTERRUPTED,
  EB_FAILURE_TOO_FEW_WINDOWS,
  EB_FAILURE_LOW_BATTERY,
  /* The embeddings cancel out, or the gallery is full. */
  EB_FAILURE_NO_TEMPLATE
} eb_enrolment_failure;

/* How long to collect, and how much. */
typedef struct {
  /* Time of the stream, from its beginning on; 0 lets the windows decide alone, and waits for them for ever. */
  uint32_t milliseconds;
  /* Windows that make a template at least, 1 or more. */
  int32_t windows;
} eb_enrolment_goal;

typedef struct {
  eb_enrolment_state state;
  eb_enrolment_failure failure;
  const char *subject;
  eb_enrolment_goal goal;
  /* How far it has come: time, windows in the template, windows whose signal was too poor. */
  uint64_t elapsed_us;
  int32_t windows;
  int32_t refused;
} eb_enrolment_report;

typedef struct {
  char subject[EB_SUBJECT_BYTES];
  eb_enrolment_goal goal;
  bool running;
  bool begun;
  uint64_t start_us;
  uint64_t elapsed_us;
  int32_t refused;
  eb_mean_direction windows;
} eb_enrolment;

/* subject: see eb_is_subject. length: of the embeddings. */
void eb_enrolment_start(eb_enrolment *state, const char *subject, eb_enrolment_goal goal, int32_t length);

/* The stream goes on at this time: from the first call on the time counts. */
void eb_enrolment_begin(eb_enrolment *state, uint64_t time_us);

/* embedding: null for a window whose signal was too poor, or whose embedding has no direction. end_us: when the window ended. */
void eb_enrolment_add(eb_enrolment *state, const float *embedding, uint64_t end_us);

bool eb_enrolment_is_complete(const eb_enrolment *state);
bool eb_enrolment_is_hopeless(const eb_enrolment *state);

eb_enrolment_report eb_enrolment_report_of(const eb_enrolment *state, eb_enrolment_state how, eb_enrolment_failure why);

#endif
