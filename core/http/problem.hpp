// Problem details (RFC 9457): a trouble as an answer, with who must act and what helps.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/messages.hpp"
#include "core/base/trouble.hpp"
#include "core/http/json_text.hpp"
#include "core/http/response.hpp"

namespace casebridge::http {

// About one answer: in which language, for which target, at what time.
struct ProblemContext {
  const Messages& messages;
  std::string_view language;
  std::string_view instance;  // path of the request; empty when there was none or it may tell something
  std::string_view request_id;
  Instant now;
  std::string_view user_message{};  // in the place of the trouble's own text, where more is known
};

std::string problem_urn(const TroubleRow& row);
// The members of one problem, into an object that is open.
void write_problem(JsonText& json, const Trouble& trouble, const ProblemContext& context);
// null when there is none; without instance and trace id, for problems inside of other answers.
void write_problem_or_null(JsonText& json, std::string_view name, const std::optional<Trouble>& trouble,
                           const ProblemContext& context);
// `extend` may write further members, such as the form to be shown again.
Response problem_response(const Trouble& trouble, const ProblemContext& context,
                          const std::function<void(JsonText&)>& extend = {});

// The human text of a key, in the language; empty when there is none.
std::string_view text_of(const Messages& messages, std::string_view language, std::string_view key);

}  // namespace casebridge::http
