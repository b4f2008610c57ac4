// There is no session at the state: every call stands alone and brings an assertion of its own.
#include "plugins/kansas_quick/sign_in.hpp"

#include "core/base/text.hpp"
#include "plugins/kansas_quick/wire_values.hpp"

namespace casebridge::kansas_quick {

using model::AuthStep;
using model::Outcome;
using sdk::Answer;

Answer<AuthStep> begin_session(sdk::Call& call, const Endpoint& endpoint, const model::AuthBegin& begin) {
  if (begin.credential_kind != "assertion") return sdk::refuse(Outcome::not_supported);
  const auto typed = begin.fields.find("person_number");
  const std::string_view number =
      typed == begin.fields.end() ? std::string_view() : text::trim(typed->second.reveal());
  if (!is_number(number)) {
    model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
    refusal.field = "person_number";
    return refusal;
  }
  const Exchange exchange(call, endpoint, std::string(number));
  SDK_TRY([[maybe_unused]] const QuickAnswer known, exchange.ask({"FindCases"}));
  model::AuthDone done;
  done.session = SecretBytes::copy_of(number);
  done.subject_key = "person:" + std::string(number);
  return AuthStep{std::move(done)};
}

Answer<Exchange> with_session(sdk::Call& call, const Endpoint& endpoint, const SecretBytes& session) {
  if (!is_number(session.reveal())) return sdk::refuse(Outcome::bug, "session_unreadable");
  return Exchange(call, endpoint, std::string(session.reveal()));
}

}  // namespace casebridge::kansas_quick
