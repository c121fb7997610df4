/* Words for what the app answers. */
#include "answer-names.h"

const char *eb_state_name(eb_app_state state) {
  switch (state) {
    case EB_STATE_BOOT:
      return "boot";
    case EB_STATE_LEAD_OFF:
      return "lead off";
    case EB_STATE_ENROL:
      return "enrol";
    case EB_STATE_VERIFY:
      return "verify";
    case EB_STATE_LOW_BATTERY:
      return "low battery";
  }
  return "?";
}

const char *eb_decision_name(eb_identity_decision decision) {
  switch (decision) {
    case EB_ACCEPTED:
      return "accepted";
    case EB_REJECTED:
      return "rejected";
    case EB_UNKNOWN:
      return "unknown";
    case EB_ENROLLING:
      return "enrolling";
    case EB_UNDECIDED:
      return "undecided";
  }
  return "?";
}

int eb_score_permille(const eb_identity_answer *answer) {
  return answer->candidate_count > 0 ? (int)(answer->score * 1000.0f) : 0;
}
