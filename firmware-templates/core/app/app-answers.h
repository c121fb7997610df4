/* Between the files of the app: what it tells. */
#ifndef EDGEBEAT_APP_ANSWERS_H
#define EDGEBEAT_APP_ANSWERS_H

#include "edgebeat/app/app.h"

/* When a sample of the converter is taken. */
uint64_t eb_app_time_us(const eb_app *app, uint64_t sample);

/* Where the results of the app's signal path go. */
eb_signal_path_sink eb_app_path_sink(eb_app *app);

void eb_app_answer(eb_app *app, uint64_t time_us, const eb_identity_answer *answer);
void eb_app_tell_quality(eb_app *app, const eb_app_quality *quality);

/* Tells the state where it has changed. */
void eb_app_tell_state(eb_app *app);

#endif
