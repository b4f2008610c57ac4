// CredentialRecovery: what to do, in plain words, and the state's own door and telephone.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {

void recovery(JsonText& json, const desk::RecoveryView& view, const ProblemContext& context) {
  const std::string key = "recovery." + view.action;
  json.text("system", view.system).text("jurisdiction", view.state->id).text("what", view.what);
  json.text("action", view.action).text("message_key", key);
  json.text_if("message", text_of(context.messages, context.language, key));
  json.text_unless_empty("url", view.url);
  fact_or_null(json, "official_url", view.state->official_url());
  fact_or_null(json, "phone", view.state->phone);
  json.instant("expected_by", view.expected_by);
}

}  // namespace casebridge::http::encode
