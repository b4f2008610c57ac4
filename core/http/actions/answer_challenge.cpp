// POST /v1/link-attempts/{attempt_id}/challenges/{challenge_id}/answer
#include "core/desk/answer_challenge.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/actions/attempt_answer.hpp"
#include "core/http/body_reader.hpp"

namespace casebridge::http::actions {

Result<Response> answer_challenge(const Call& call) {
  CASEBRIDGE_TRY(const auto attempt, call.id<LinkAttemptId>("attempt_id"));
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::AnswerChallenge request{attempt, call.path.at("challenge_id"), 0, {}, false, call.request.request_id};
  request.seq = body.count("seq");
  request.fields = body.secrets("fields");
  request.confirm_last_attempt = body.flag("confirm_last_attempt");
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_TRY(const auto view, desk::answer_challenge(call.use.desk, call.caller(), std::move(request)));
  return attempt_answer(view, call.context);
}

}  // namespace casebridge::http::actions
