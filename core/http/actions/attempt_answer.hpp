// The answer to a submission at a challenge: the attempt, or the problem with the attempt beside it.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/http/problem.hpp"

namespace casebridge::http::actions {

// seq moves with every submission, also with one that the state refused, so the view is always there.
Response attempt_answer(const desk::AttemptView& view, const ProblemContext& context);

}  // namespace casebridge::http::actions
