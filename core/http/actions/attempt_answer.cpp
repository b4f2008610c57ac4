// Used by answer and resend alike.
#include "core/http/actions/attempt_answer.hpp"

#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Response attempt_answer(const desk::AttemptView& view, const ProblemContext& context) {
  if (!view.trouble)
    return json(200, encode::body_of([&](JsonText& json) { encode::attempt(json, view, context); }));
  return problem_response(*view.trouble, context, [&](JsonText& json) {
    json.object("attempt");
    encode::attempt(json, view, context);
    json.end_object();
  });
}

}  // namespace casebridge::http::actions
