/* Between the files of the link: what the app tells, as records. */
#ifndef EDGEBEAT_APP_LINK_EVENTS_H
#define EDGEBEAT_APP_LINK_EVENTS_H

#include "edgebeat/app/link.h"

/* Where the app's answers go. */
eb_app_sink eb_link_sink(eb_link *link);

/* What the host has to know of the watch that has just started. */
void eb_link_tell_started(eb_link *link);

#endif
