/* Words for what the app answers. */
#ifndef EDGEBEAT_ANSWER_NAMES_H
#define EDGEBEAT_ANSWER_NAMES_H

#ifdef __cplusplus
#include "edgebeat/app/app.hpp"
extern "C" {
#else
#include "edgebeat/app/app.h"
#endif

const char *eb_state_name(eb_app_state state);
const char *eb_decision_name(eb_identity_decision decision);

/* The best score in thousandths; 0 without candidates. */
int eb_score_permille(const eb_identity_answer *answer);

#ifdef __cplusplus
}
#endif

#endif
