/* What the app is asked to do about its wearer. */
#include <string.h>

#include "app-answers.h"

static void answer_now(eb_app *app, const eb_identity_answer *answer) {
  eb_app_answer(app, eb_app_time_us(app, app->samples), answer);
}

eb_app_status eb_app_enrol(eb_app *app, const char *subject, eb_enrolment_goal goal) {
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (!eb_is_subject(subject)) return EB_APP_BAD_SUBJECT;
  if (goal.windows < 1) return EB_APP_BAD_VALUE;
  const eb_gallery *gallery = &app->recognizer.gallery;
  if (gallery->count == EB_GALLERY_TEMPLATES && eb_gallery_find(gallery, subject) < 0) return EB_APP_GALLERY_FULL;
  eb_identity_answer answer;
  eb_recognizer_enrol(&app->recognizer, subject, goal, &answer);
  answer_now(app, &answer);
  return EB_APP_OK;
}

eb_app_status eb_app_cancel_enrolment(eb_app *app) {
  eb_identity_answer answer;
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (!eb_recognizer_cancel(&app->recognizer, &answer)) return EB_APP_NOT_RUNNING;
  answer_now(app, &answer);
  return EB_APP_OK;
}

eb_app_status eb_app_forget(eb_app *app, const char *subject) {
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (!eb_gallery_forget(&app->recognizer.gallery, subject)) return EB_APP_BAD_SUBJECT;
  if (eb_gallery_find(&app->recognizer.gallery, app->recognizer.claim) < 0)
    memset(app->recognizer.claim, 0, sizeof app->recognizer.claim);
  return EB_APP_OK;
}

eb_app_status eb_app_claim(eb_app *app, const char *subject) {
  if (!app->ready) return EB_APP_BAD_CONFIG;
  if (subject != NULL && eb_gallery_find(&app->recognizer.gallery, subject) < 0) return EB_APP_BAD_SUBJECT;
  memset(app->recognizer.claim, 0, sizeof app->recognizer.claim);
  if (subject != NULL) memcpy(app->recognizer.claim, subject, strlen(subject));
  return EB_APP_OK;
}
