// The PIN is the parent's: it is checked, sent once to the portal's own form, and never made up.
#include "plugins/california_connect/new_pin.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/json_document.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/california_connect/repeated_post.hpp"
#include "plugins/california_connect/sign_in.hpp"
#include "plugins/california_connect/typed_fields.hpp"

namespace casebridge::california_connect {
namespace {

using model::AuthStep;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t new_pin_size = 6;

// What must survive between the question and its answer. The host seals it.
struct OpenChange {
  std::string participant_id{};
  SecretBytes old_pin{};
  SecretBytes cookies{};
};

SecretBytes sealed_form(const std::string& participant_id, const SecretBytes& old_pin,
                        const SecretBytes& cookies) {
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("participant");
  json.value(std::string_view(participant_id));
  json.name("pin");
  json.secret_text(old_pin);
  json.name("cookies");
  json.base64url(cookies);
  json.end_object();
  return sink.take();
}

std::optional<OpenChange> open_change(const SecretBytes& resume) {
  const auto document = model::JsonDocument::parse(resume.reveal());
  if (!document || document->root().kind() != model::JsonKind::object) return std::nullopt;
  const auto participant = document->root().find("participant");
  const auto pin = document->root().find("pin");
  const auto jar = document->root().find("cookies");
  for (const auto* each : {&participant, &pin, &jar})
    if (!*each || (*each)->kind() != model::JsonKind::text) return std::nullopt;
  auto cookies = jar->base64url();
  if (!cookies) return std::nullopt;
  return OpenChange{participant->text(), pin->secret_text(), std::move(*cookies)};
}

// A session that ended between the question and the answer ends the question too.
Refusal of_step(Refusal refusal) {
  if (refusal.outcome != Outcome::session_expired) return refusal;
  return sdk::refuse(Outcome::interaction_needed, "challenge_ended");
}

}  // namespace

bool is_usable_pin(std::string_view pin, std::string_view old_pin) {
  if (pin.size() != new_pin_size || !text::all_digits(pin) || pin == old_pin) return false;
  const bool alike = std::all_of(pin.begin(), pin.end(), [&](char c) { return c == pin.front(); });
  return !alike && pin != "123456" && pin != "654321";
}

Answer<AuthStep> new_pin_wanted(const Exchange& exchange, const std::string& participant_id,
                                const SecretBytes& old_pin) {
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  model::AuthChallenge made;
  model::ChallengeSpec& spec = made.challenge;
  spec.kind = "new_credential";
  spec.prompt_key = "challenge.new_credential.pin";
  spec.fields = {{.name = "new_pin", .type = "digits"}};
  spec.fields.front().length_max = static_cast<int>(new_pin_size);
  spec.fields.front().length_exact = static_cast<int>(new_pin_size);
  spec.expires_at = exchange.call().now() + exchange.endpoint().idle;
  made.resume = sealed_form(participant_id, old_pin, exchange.cookies());
  return AuthStep{std::move(made)};
}

Answer<AuthStep> continue_session(sdk::Call& call, const Endpoint& endpoint, const SecretBytes& resume,
                                  const model::AuthAnswer& answer) {
  auto change = open_change(resume);
  if (!change) return sdk::refuse(Outcome::bug, "resume_unreadable");
  if (answer.resend) return sdk::refuse(Outcome::not_supported);
  if (!call.interactive()) return sdk::refuse(Outcome::interaction_needed);
  SDK_TRY(const SecretBytes* const pin, typed(answer.fields, "new_pin", new_pin_size));
  if (!is_usable_pin(pin->reveal(), change->old_pin.reveal())) return invalid_field("new_pin");
  Exchange exchange(call, endpoint, sdk::Cookies(std::move(change->cookies)));
  const auto page = exchange.read("/pin/change", PageKind::pin_change);
  if (!page) return of_step(page.refusal());
  SDK_TRY(const PageForm form, form_for(*page, exchange.full("/pin/change")));
  sdk::Form fields = fields_of(form);
  fields.add("newPin", *pin).add("newPin2", *pin);
  const Repeated sent = post_repeated(exchange, form, fields);
  if (!sent.posted) return sent.posted.refusal();
  if (!sent.posted->page) {
    if (sent.posted->location == "/home") return signed_in(exchange, change->participant_id);
    if (sent.posted->location.starts_with("/login"))
      return sdk::refuse(Outcome::interaction_needed, "challenge_ended");
    return sdk::drift("pin-change/Location");
  }
  const Page& refused = *sent.posted->page;
  if (refused.kind() == PageKind::pin_change && refused.error_code() == "E-PIN")
    return invalid_field("new_pin");
  // The first post may have changed the PIN, or not.
  if (refused.kind() == PageKind::bad_token && sent.unsure)
    return sdk::refuse(Outcome::unavailable, "lost_answer");
  if (refused.kind() == PageKind::pin_change) return sdk::drift("pin-change/data-code");
  return of_step(refusal_of(refused));
}

}  // namespace casebridge::california_connect
