// POST /v1/link-attempts/{attempt_id}/challenges/{challenge_id}/resend
#include "core/desk/resend_challenge.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/actions/attempt_answer.hpp"
#include "core/http/body_reader.hpp"

namespace casebridge::http::actions {

Result<Response> resend_challenge(const Call& call) {
  CASEBRIDGE_TRY(const auto attempt, call.id<LinkAttemptId>("attempt_id"));
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::ResendChallenge request{attempt, call.path.at("challenge_id"), 0, {}, call.request.request_id};
  request.seq = body.count("seq");
  request.channel = body.optional_word("channel", {"email", "phone"}).value_or("");
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_TRY(const auto view, desk::resend_challenge(call.use.desk, call.caller(), request));
  return attempt_answer(view, call.context);
}

}  // namespace casebridge::http::actions
